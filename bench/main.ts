/**
 * Runs the benchmarks one after the other; each prints its tables and keeps them in
 * `bench/results/`.
 *
 *   npm run bench                    all of them: half an hour; a part that fails stops no other
 *   npm run bench -- --only cost     one of them
 *   npm run bench -- --short         the short form of each, kept in `.local/bench/`; exit code 1
 *                                    when a count has grown by more than 5 % over the committed one
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SHORT } from './support/folder.ts';
import { grown } from './support/grown.ts';
import { type KeptCounts, readCounts } from './support/kept-counts.ts';

/** The costs come after `function`, as they reckon with what it measured. */
const PARTS = [
  'function',
  'cost',
  'end-to-end',
  'growth',
  'open-batches',
  'dead-endpoint',
  'recovery',
  'reading-speed',
  'freshness',
];

/**
 * How long a part may run, so that one that hangs does not keep the others from running. The
 * longest takes a third of it.
 */
const LONGEST_MS = 20 * 60_000;

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const { short, only } = values;
const chosen = PARTS.filter((part) => only === undefined || part === only);
if (chosen.length === 0) {
  console.error(`There is no benchmark ${only}; there are ${PARTS.join(', ')}.`);
  process.exitCode = 2;
}
if (short) rmSync(SHORT, { recursive: true, force: true });
for (const part of chosen) {
  const file = fileURLToPath(new URL(`${part}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file, ...(short ? ['--short'] : [])], { stdio: 'inherit' });
  const timer = setTimeout(() => child.kill(), LONGEST_MS);
  const startedAt = performance.now();
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  if (code !== 0) process.exitCode = 1;
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(`${part}: ${code === 0 ? 'done' : 'FAILED'} after ${minutes} minutes\n`);
}
if (short) tellGrown();

function tellGrown(): void {
  const committed: KeptCounts = Object.fromEntries(
    Object.entries(readCounts()).filter(([part]) => chosen.includes(part)),
  );
  const lines = grown(committed, readCounts(SHORT));
  for (const line of lines) console.error(line);
  if (lines.length > 0) {
    console.error('Counts have grown. Where that is meant, `npm run bench` commits what they are now.');
    process.exitCode = 1;
  } else console.log('No count has grown by more than 5 %.');
}
