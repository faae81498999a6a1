import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** Counts of all parts: the same in each run, so that a check can compare them. */
const COUNTS = fileURLToPath(new URL('../results/counts.json', import.meta.url));
/** What parts measured that other parts reckon with. */
const MEASURED = fileURLToPath(new URL('../results/measured.json', import.meta.url));

const kept = z.record(z.string(), z.record(z.string(), z.number()));
export type KeptCounts = z.infer<typeof kept>;

export function readCounts(file = COUNTS): KeptCounts {
  return existsSync(file) ? kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

/** Writes a part's counts beside those of the others. */
export function keepCounts(part: string, counts: Readonly<Record<string, number>>): void {
  write(COUNTS, part, counts);
}

export function keepMeasured(part: string, numbers: Readonly<Record<string, number>>): void {
  write(MEASURED, part, numbers);
}

/** What a part measured last, over what is taken where it never ran. */
export function measuredOf<T extends Readonly<Record<string, number>>>(part: string, otherwise: T): T {
  return { ...otherwise, ...readCounts(MEASURED)[part] };
}

/** All parts that begin so, by what comes after it. */
export function measuredUnder(prefix: string): KeptCounts {
  const found = Object.entries(readCounts(MEASURED)).filter(([part]) => part.startsWith(prefix));
  return Object.fromEntries(found.map(([part, numbers]) => [part.slice(prefix.length), numbers]));
}

function write(file: string, part: string, numbers: Readonly<Record<string, number>>): void {
  const all = Object.entries({ ...readCounts(file), [part]: numbers });
  const sorted = Object.fromEntries(all.toSorted(([a], [b]) => a.localeCompare(b)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
