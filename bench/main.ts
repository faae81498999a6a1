/**
 * Runs the benchmarks one after the other. Each prints its tables and keeps them in
 * `bench/results/`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SHORT } from './support/folder.ts';
import { grown } from './support/grown.ts';
import { type KeptCounts, readCounts } from './support/kept-counts.ts';

/**
 * What each part measures. The costs come after `function`, as they reckon with what it measured.
 */
const PARTS: Readonly<Record<string, string>> = {
  function: 'bundles, imports, first invocations, memory (2 min)',
  cost: 'requests as counted, times list prices (1 min)',
  'end-to-end': 'from the log to the webhook, against the limit and the plainest loop (5 min)',
  growth: '1,000 to 1,000,000 entries, 1 to 10,000 resources (2 min)',
  'open-batches': 'a poll and a delivery beside 1 to 1,000,000 open batches (2 min)',
  'dead-endpoint': 'requests to an endpoint that is dead, limits or returns (8 min)',
  recovery: '10,000 events after an outage (2 min)',
  'reading-speed': 'what is read of what Auth0 allows (4 min)',
  freshness: 'how long an event takes, polled every 60 and 5 seconds (10 min)',
};

const HELP = `Runs the benchmarks one after the other; each prints its tables and keeps them in bench/results/.

  npm run bench                    all of them: half an hour; a part that fails stops no other
  npm run bench -- --only cost     one of them
  npm run bench -- --short         the short form of each, kept in .local/bench/: 3 minutes

Parts:
${Object.entries(PARTS)
  .map(([part, what]) => `  ${part.padEnd(14)} ${what}`)
  .join('\n')}

Times are worth something only on a machine that does nothing else. Ends with 0 when all went well, 1 when a part
failed or, with --short, a count has grown by more than 5 % over the committed one, 2 for a wrong argument.
`;

/**
 * How long a part may run, so that one that hangs does not keep the others from running. The
 * longest takes a third of it.
 */
const LONGEST_MS = 20 * 60_000;

const { help, short, only } = options();
if (help) {
  console.log(HELP);
  process.exit();
}
const chosen = Object.keys(PARTS).filter((part) => only === undefined || part === only);
if (chosen.length === 0) refuse(`There is no benchmark "${only}".`);
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

function options() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        short: { type: 'boolean', default: false },
        only: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(why: string): never {
  console.error(`${why}\n\n${HELP}`);
  process.exit(2);
}
