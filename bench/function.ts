/**
 * Measures what the deployed bundles hold, how fast they load, and which memory size costs least.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PRICES } from './cost/prices.ts';
import { type Bundle, bundleOf, clientsOf, FUNCTIONS } from './functions/bundles.ts';
import { importTimes } from './functions/import-time.ts';
import { type Load, measureLoad } from './functions/load.ts';
import { keepCounts, keepMeasured } from './support/kept-counts.ts';
import { keep, type Table } from './support/results.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const ROUNDS = values.short ? 3 : 15;
const EVENTS = values.short ? 200 : 2_000;
const MEGABYTES = [128, 192, 256, 512, 1_024, 1_769];
/** Megabytes at which a function has one vCPU. */
const VCPU_MB = 1_769;
const POLLS_A_MONTH = 43_800;
const WEBHOOK_MS = 200;
const POLL_WAIT_MS = 230;
const NO_TIME = { ms: 0, cpuMs: 0 };

const folder = mkdtempSync(join(tmpdir(), 'bench-function-'));
const bundles: Bundle[] = [];
const clients: Bundle[] = [];
for (const name of FUNCTIONS) {
  bundles.push(await bundleOf(name, folder));
  clients.push(await clientsOf(name, folder));
}
const times = importTimes(
  [...bundles, ...clients].map(({ file }) => file),
  ROUNDS,
);
rmSync(folder, { recursive: true });
const load = await measureLoad(EVENTS);

keepCounts(
  'function',
  Object.fromEntries(FUNCTIONS.map((name, index) => [`${name}/bytes`, bundles[index]?.bytes ?? 0])),
);
keepMeasured('function', {
  pollMs: rounded(load.pollIdleCpuMs),
  eventMs: rounded(load.eventCpuMs),
});
keep({
  name: 'function',
  title: 'The functions',
  command: `npm run bench -- --only function${values.short ? ' --short' : ''}`,
  about: `The bundles as they are deployed; imports in fresh processes, medians of ${ROUNDS}, in turns with a bundle of just the SDK clients that the function uses; invocations in processes of their own on embedded services, ${EVENTS} events of 1.5 kB, ten records an invocation. CPU is this machine's. A function waits most of the time: ${WEBHOOK_MS} ms a call, ${POLL_WAIT_MS} ms an idle poll. CPU times grow as memory shrinks (1,769 MB are one vCPU), so what costs least is the smallest size that holds.`,
  tables: [sizes(), loading(), work(load), costs(load)],
});

function sizes(): Table {
  const [poller, deliverer] = bundles;
  const names = [...new Set(bundles.flatMap(({ byPackage }) => Object.keys(byPackage)))];
  const of = (bundle: Bundle | undefined, name: string) => bundle?.byPackage[name] ?? 0;
  const ranked = names.toSorted(
    (a, b) => of(poller, b) + of(deliverer, b) - of(poller, a) - of(deliverer, a),
  );
  return {
    title: 'Bundles by package, bytes',
    columns: ['package', ...FUNCTIONS],
    rows: [
      ['in all', poller?.bytes ?? 0, deliverer?.bytes ?? 0],
      ...ranked.slice(0, 16).map((name) => [name, of(poller, name), of(deliverer, name)]),
    ],
  };
}

function loading(): Table {
  return {
    title: 'Import',
    columns: [
      'function',
      'CPU ms',
      'just its clients, CPU ms',
      'ratio',
      'ms',
      'just its clients, ms',
      'clients, bytes',
    ],
    rows: FUNCTIONS.map((name, index) => {
      const [own, theirs] = [times[index] ?? NO_TIME, times[index + FUNCTIONS.length] ?? NO_TIME];
      const each = [own.cpuMs, theirs.cpuMs, own.cpuMs / theirs.cpuMs, own.ms, theirs.ms];
      return [name, ...each.map((number) => number.toFixed(2)), clients[index]?.bytes ?? 0];
    }),
  };
}

function work({ pollFirst, deliverFirst, ...then }: Load): Table {
  return {
    title: 'Invocations',
    columns: ['function', 'first, ms', 'first, CPU ms', 'then, CPU ms', 'resident MB under load'],
    rows: [
      [
        'poller',
        Math.round(pollFirst.ms),
        Math.round(pollFirst.cpuMs),
        `${then.pollIdleCpuMs.toFixed(1)} an idle poll, ${then.pageCpuMs.toFixed(1)} a page of 100 events`,
        Math.round(then.pollRssMb),
      ],
      [
        'deliverer',
        Math.round(deliverFirst.ms),
        Math.round(deliverFirst.cpuMs),
        `${then.eventCpuMs.toFixed(2)} an event`,
        Math.round(then.deliverRssMb),
      ],
    ],
  };
}

/** Dollars for Lambda's time alone. */
function costs({ pollIdleCpuMs, eventCpuMs, pollRssMb, deliverRssMb }: Load): Table {
  const dollars = (waitMs: number, cpuMs: number, mb: number) =>
    ((waitMs + (cpuMs * VCPU_MB) / mb) / 1_000) * (mb / 1_024) * PRICES.lambdaGbSecond;
  const holds = (mb: number, rss: number) => (mb > rss ? '' : ' (too small)');
  return {
    title: 'What the time costs by memory',
    columns: ['MB', 'poller: an idle month', 'deliverer: a million events, one after the other'],
    rows: MEGABYTES.map((mb) => [
      mb,
      `$${(POLLS_A_MONTH * dollars(POLL_WAIT_MS, pollIdleCpuMs, mb)).toFixed(3)}${holds(mb, pollRssMb)}`,
      `$${(1_000_000 * dollars(WEBHOOK_MS, eventCpuMs, mb)).toFixed(2)}${holds(mb, deliverRssMb)}`,
    ]),
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
