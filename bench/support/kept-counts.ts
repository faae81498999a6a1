import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { COMMITTED, resultsFolder } from './folder.ts';

/**
 * File of all parts' counts. They are the same in each run on every machine, so that a check can
 * compare them.
 */
const COUNTS = 'counts.json';
/** File of what parts measured and other parts reckon with. */
const MEASURED = 'measured.json';

const kept = z.record(z.string(), z.record(z.string(), z.number()));
/** Counts by part, and in each part by their kind. */
export type KeptCounts = z.infer<typeof kept>;

export function readCounts(folder = COMMITTED, file = COUNTS): KeptCounts {
  const path = `${folder}${file}`;
  return existsSync(path) ? kept.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
}

/** Writes a part's counts beside those of the others. */
export function keepCounts(part: string, counts: Readonly<Record<string, number>>): void {
  write(COUNTS, part, counts);
}

export function keepMeasured(part: string, numbers: Readonly<Record<string, number>>): void {
  write(MEASURED, part, numbers);
}

/** What a part measured last. `otherwise` holds for what it never measured. */
export function measuredOf<T extends Readonly<Record<string, number>>>(part: string, otherwise: T): T {
  return { ...otherwise, ...readCounts(COMMITTED, MEASURED)[part] };
}

/** All parts whose name begins with the prefix, by the rest of their name. */
export function measuredUnder(prefix: string): KeptCounts {
  const found = Object.entries(readCounts(resultsFolder(), MEASURED)).filter(([part]) =>
    part.startsWith(prefix),
  );
  return Object.fromEntries(found.map(([part, numbers]) => [part.slice(prefix.length), numbers]));
}

function write(file: string, part: string, numbers: Readonly<Record<string, number>>): void {
  const folder = resultsFolder();
  const all = sorted({ ...readCounts(folder, file), [part]: sorted(numbers) });
  writeFileSync(`${folder}${file}`, `${JSON.stringify(all, null, 2)}\n`);
}

function sorted<T>(of: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(of).toSorted(([a], [b]) => a.localeCompare(b)));
}
