/**
 * Runs the benchmarks one after the other; each prints its table and keeps it in `bench/results/`.
 *
 *   npm run bench                    all of them
 *   npm run bench -- --short         the short form of each
 *   npm run bench -- --only reading-speed
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const PARTS = ['cost', 'reading-speed', 'freshness'];

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const chosen = PARTS.filter((part) => values.only === undefined || part === values.only);
if (chosen.length === 0) {
  console.error(`There is no benchmark ${values.only}; there are ${PARTS.join(', ')}.`);
  process.exitCode = 2;
}
for (const part of chosen) {
  const file = fileURLToPath(new URL(`${part}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file, ...(values.short ? ['--short'] : [])], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = 1;
}
