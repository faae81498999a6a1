/**
 * Measures whether an event costs more when there are more of them, in virtual time on free
 * services.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FREE } from './pipeline/options.ts';
import { startFreePipeline } from './pipeline/pipeline.ts';
import { keepCounts } from './support/kept-counts.ts';
import { keep, keepSoFar } from './support/results.ts';
import { VirtualClock } from './virtual/clock.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const HOUR_MS = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 1);
const MEBIBYTE = 1_024 * 1_024;

/** Sizes of the log in entries, and how many resources they are about. */
const BY_ENTRIES = values.short ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000];
const BY_RESOURCES = values.short ? [1, 1_000] : [1, 10, 100, 1_000, 10_000];
const EVENTS = values.short ? 5_000 : 20_000;

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes of the heap after garbage was collected. */
function heapInUse(): number {
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

interface Grown {
  readonly entries: number;
  readonly resources: number;
}

const rows: (string | number)[][] = [];
const result = {
  name: 'growth',
  title: 'Growth',
  command: `npm run bench -- --only growth${values.short ? ' --short' : ''}`,
  about:
    'One poll reads so many entries, all of them events, and 100 calls deliver them, in virtual time on services that cost nothing. Nothing may grow with the number of events; one resource is delivered one call after the other, as its order demands. CPU is of poll, delivery and the services in memory together; heap is what is in use after the run, less what was before. Open batches: `open-batches.md`.',
  columns: [
    'entries',
    'resources',
    'requests an event',
    'table units an event',
    'CPU ms an event',
    'heap MB',
    'virtual time',
  ],
  rows,
};
const counted: Record<string, number> = {};
const all = [
  ...BY_ENTRIES.map((entries) => ({ entries, resources: 1_000 })),
  ...BY_RESOURCES.map((resources) => ({ entries: EVENTS, resources })),
];
for (const each of all) {
  rows.push(await measure(each));
  keepSoFar(result);
}
keepCounts('growth', counted);
keep(result);

async function measure({ entries, resources }: Grown): Promise<(string | number)[]> {
  const clock = new VirtualClock(BEGIN + 2 * HOUR_MS);
  const heapBefore = heapInUse();
  const cpuBefore = process.cpuUsage();
  const pipeline = startFreePipeline({
    clock,
    log: { length: entries, from: BEGIN, everyMs: HOUR_MS / entries, resources },
    latencies: { ...FREE, pageMs: 100, webhookMs: 10 },
    concurrentCalls: 100,
  });
  let isRead = false;
  void pipeline.poll().then(() => {
    isRead = true;
  });
  const startedAt = clock.now;
  await clock.run(startedAt + 1_000 * HOUR_MS, () => isRead && pipeline.delivered() === entries);
  const seconds = (clock.now - startedAt) / 1_000;
  pipeline.stop();
  const { user, system } = process.cpuUsage(cpuBefore);
  const heap = Math.round((heapInUse() - heapBefore) / MEBIBYTE);
  const counts = Object.entries(pipeline.counts.all());
  const of = (pattern: RegExp) =>
    counts.reduce((sum, [kind, count]) => sum + (pattern.test(kind) ? count : 0), 0) / entries;
  const requests = of(/^(auth0|dynamodb\.(get|put|query|update|delete)|sqs|secrets)/);
  const units = of(/Units$/);
  if (BY_ENTRIES.includes(entries) && entries <= 10_000)
    counted[`${entries}/requests`] = Math.round(requests * 1_000) / 1_000;
  return [
    entries.toLocaleString('en'),
    resources.toLocaleString('en'),
    requests.toFixed(3),
    units.toFixed(3),
    ((user + system) / 1_000 / entries).toFixed(3),
    heap,
    `${seconds.toFixed(1)} s`,
  ];
}
