/**
 * Measures from the log entry to the webhook call. Both deployed bundles run on embedded services,
 * and the stack's own schedule starts the poller once a minute. `--every N` polls that often
 * (default 5, then 60), `--minutes N`, `--short`: one minute at 5 s.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parseSchedule } from '../infra/schedule/parse-schedule.ts';
import { createPrinter } from '../local/output/printer.ts';
import { startFunctions } from '../local/run/functions.ts';
import { createJournal } from '../local/run/journal.ts';
import { startScheduledRuns } from '../local/run/scheduled-runs.ts';
import { type BenchPipeline, startBenchPipeline } from './support/bench-pipeline.ts';
import { type FreshEvents, freshEvents, SIGNING_SECRET } from './support/fresh-events.ts';
import { keep, keepSoFar, quantile } from './support/results.ts';

const { values } = parseArgs({
  options: {
    every: { type: 'string' },
    minutes: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes ?? (values.short ? 1 : 4));
const everies = values.every ? [Number(values.every)] : values.short ? [5] : [5, 60];

/** Average milliseconds between two events, which come at random. */
const APART_MS = 700;
const SETTLE_SECONDS = { 5: '2', 60: '5' };

const rows: (string | number)[][] = [];
const result = {
  name: 'freshness',
  title: 'Freshness: from the log entry to the call',
  command: `npm run bench:freshness -- --minutes ${minutes}`,
  about: `Seconds from when an entry stands in the log to when the webhook gets it; changes of users at random, ${APART_MS} ms apart on average, for ${minutes} minutes; settle time 2 s at 5 s polling, 5 s (the default) at 60 s. Auth0 requests are those of the log.`,
  columns: ['polled every', 'settle', 'events', 'p50', 'p95', 'p99', 'longest', 'Auth0 requests a minute'],
  rows,
};
for (const every of everies) {
  rows.push(await measure(every));
  keepSoFar(result);
}
keep(result);

async function measure(every: number): Promise<(string | number)[]> {
  const settle = every < 60 ? SETTLE_SECONDS[5] : SETTLE_SECONDS[60];
  const events = await freshEvents();
  const bench = await startBenchPipeline({
    tenant: { history: 0, latencyMs: 80, rateLimit: { burst: 10, perSecond: 2 } },
    auth0: { START_FROM: 'earliest', SETTLE_SECONDS: settle },
    webhook: {
      WEBHOOK_URL: events.receiver.url,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
    },
    context: { pollEverySeconds: every },
  });
  const stop = await startBySchedule(bench);
  await sleep(3_000); // the first poll makes the state
  const requests = await live(events, bench);
  await stop();
  await Promise.all([bench.close(), events.receiver.stop()]);
  if (events.missing() > 0) throw new Error(`${events.missing()} events did not arrive`);
  const { waited } = events;
  const of = (share: number) => `${quantile(waited, share).toFixed(1)} s`;
  const longest = `${Math.max(...waited).toFixed(1)} s`;
  return [
    `${every} s`,
    `${settle} s`,
    waited.length,
    of(0.5),
    of(0.95),
    of(0.99),
    longest,
    requests.toFixed(1),
  ];
}

/**
 * Writes events for the minutes asked for, and waits for the last one.
 * @returns requests to Auth0 a minute
 */
async function live(events: FreshEvents, { tenant }: BenchPipeline): Promise<number> {
  const end = Date.now() + minutes * 60_000;
  const before = tenant.requests().logs;
  while (Date.now() < end) {
    events.append(tenant);
    await sleep(-Math.log(1 - Math.random()) * APART_MS);
  }
  const requests = (tenant.requests().logs - before) / minutes;
  const patience = Date.now() + 75_000;
  while (events.missing() > 0 && Date.now() < patience) await sleep(200);
  return requests;
}

/**
 * Starts both functions as local mode hosts them. The stack's schedule starts the poller.
 * @returns a function that ends them
 */
async function startBySchedule({ services, tenant }: BenchPipeline): Promise<() => Promise<void>> {
  const printer = createPrinter(true);
  const functions = await startFunctions({
    services,
    retryWindowSeconds: undefined,
    certificates: tenant.caFile,
    journal: createJournal(
      () => {},
      () => {},
    ),
    printer,
  });
  const { expression, input } = services.pipeline.schedule;
  const schedule = parseSchedule(expression);
  if (!schedule) throw new Error(`no schedule: ${expression}`);
  const runs = startScheduledRuns(schedule, () => functions.poller.invoke(input ?? '{}'));
  return async () => {
    await Promise.race([runs.stop(), sleep(1_000)]);
    await functions.stopDelivering();
    await Promise.all([functions.poller.close(), functions.deliverer.close()]);
  };
}
