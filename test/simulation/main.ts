import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { add, newTally, type Tally } from './explore.ts';
import type { Plan, Report } from './plan.ts';
import { commandFor, replaySeed, replayWorld } from './replay.ts';
import { say } from './say.ts';
import { SMALL_WORLDS } from './small-worlds.ts';

const HELP = `Drives the real poller and delivery function against services in memory, with every crash and fault.

  npm run test:simulation                          every single deviation of every small world, every pair in some, many seeds
  npm run test:simulation -- --pairs all           every pair in every small world (some 700,000 runs)
  npm run test:simulation -- --seeds-only          no small worlds
  npm run test:simulation -- --runs 100000         so many random seeds (default 100,000)
  npm run test:simulation -- --from 500000         the first of them (default 1)
  npm run test:simulation -- --seconds 60          at most so long
  npm run test:simulation -- --first               stop at the first violation
  npm run test:simulation -- --seed 42 [--trace]   one random run again; a violation is shrunk
  npm run test:simulation -- --world plain --deviations 12:3,40:1 [--trace]
                                                   one run of a small world again

Worlds: ${SMALL_WORLDS.map(({ name }) => name).join(', ')}.
Ends with 0 when nothing was violated, 1 when something was, 2 for a wrong argument, 3 when time was over too early.
`;

const SOME = [
  'plain',
  'overlap',
  'total-order',
  'side-by-side',
  'dead-letter',
  'dead-again',
  'lost-while-polling',
];

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    pairs: { type: 'string', default: SOME.join(',') },
    'seeds-only': { type: 'boolean', default: false },
    runs: { type: 'string', default: '100000' },
    from: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '0' },
    seed: { type: 'string' },
    world: { type: 'string' },
    deviations: { type: 'string', default: '' },
    trace: { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
    workers: { type: 'string', default: '2' },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  if (values.help) {
    say(HELP);
    return 0;
  }
  if (values.world !== undefined) return await replayWorld(values.world, values.deviations, values.trace);
  if (values.seed !== undefined)
    return await replaySeed(Number(values.seed), values.deviations, values.trace);
  return await explore();
}

async function explore(): Promise<number> {
  const startedAt = performance.now();
  const workers = Number(values.workers);
  const seconds = Number(values.seconds);
  const plan: Omit<Plan, 'part'> = {
    pairs: values.pairs === 'all' ? SMALL_WORLDS.map(({ name }) => name) : values.pairs.split(','),
    smallWorlds: !values['seeds-only'],
    firstSeed: Number(values.from),
    seeds: Number(values.runs),
    enough: values.first ? 1 : 5,
    endsAt: seconds > 0 ? Date.now() + seconds * 1_000 : 0,
  };
  const reports = await Promise.all(
    Array.from({ length: workers }, (_, index) => work({ ...plan, part: { index, of: workers } })),
  );
  const exhaustive = sum(reports.map((report) => report.exhaustive));
  const random = sum(reports.map((report) => report.random));
  const took = (performance.now() - startedAt) / 1_000;
  const runs = exhaustive.runs + random.runs;
  const pairs = SMALL_WORLDS.filter(({ name }) => plan.pairs.includes(name)).length;
  say(
    `small worlds   ${plan.smallWorlds ? SMALL_WORLDS.length : 0}, every single deviation; every pair in ${pairs}: ${exhaustive.runs} runs`,
  );
  say(`random worlds  ${random.runs} seeds from ${plan.firstSeed}`);
  say(`acts           ${shares(random.acted, random.runs)}`);
  say(`rare paths     ${shares(random.met, random.runs)}`);
  say(
    `calls          ${exhaustive.steps + random.steps}, of which ${exhaustive.crashes + random.crashes} ended in a crash`,
  );
  say(`time           ${took.toFixed(0)} s, ${(runs / took).toFixed(0)} runs/s`);
  const found = reports.flatMap((report) => report.found);
  say(`violations     ${found.length === 0 ? 'none' : ''}`);
  for (const one of found) say(`  ${one.message}\n    ${commandFor(one)}`);
  if (found.length > 0) return 1;
  if (!reports.some(({ cutShort }) => cutShort)) return 0;
  say('time was over before everything was tried');
  return 3;
}

function work(plan: Plan): Promise<Report> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: plan });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function sum(tallies: readonly Tally[]): Tally {
  const all = newTally();
  for (const { runs, steps, crashes, met, acted } of tallies) {
    all.runs += runs;
    all.steps += steps;
    all.crashes += crashes;
    for (const [path, times] of met) add(all.met, path, times);
    for (const [act, times] of acted) add(all.acted, act, times);
  }
  return all;
}

/** In how many of the random worlds each one occurred, rarest first. */
function shares(counts: ReadonlyMap<string, number>, runs: number): string {
  return [...counts]
    .toSorted(([, a], [, b]) => a - b)
    .map(([name, times]) => `${name} ${((100 * times) / runs).toFixed(1)} %`)
    .join(', ');
}
