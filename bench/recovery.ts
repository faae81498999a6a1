/** Measures how long after an outage all is delivered, with so much waiting, in virtual time. */
import { parseArgs } from 'node:util';
import { FREE } from './pipeline/options.ts';
import { startFreePipeline } from './pipeline/pipeline.ts';
import { keep, keepSoFar } from './support/results.ts';
import { VirtualClock } from './virtual/clock.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BEGIN = Date.UTC(2026, 0, 1);
const WEBHOOK_MS = 100;
const WAITING = values.short ? 1_000 : 10_000;
const OUTAGES: readonly (readonly [string, number])[] = values.short
  ? [['1 h', HOUR_MS]]
  : [
      ['1 min', MINUTE_MS],
      ['10 min', 10 * MINUTE_MS],
      ['1 h', HOUR_MS],
    ];

const rows: (string | number)[][] = [];
const result = {
  name: 'recovery',
  title: 'Recovery after an outage',
  command: `npm run bench -- --only recovery${values.short ? ' --short' : ''}`,
  about: `${WAITING.toLocaleString('en')} events of 1,000 resources wait at a webhook that answers 503; then it answers 200 in ${WEBHOOK_MS} ms. Full rate is what the calls can do. Requests are those during the outage.`,
  columns: ['calls', 'down for', 'requests meanwhile', 'all delivered after', 'at full rate', 'on top'],
  rows,
};
for (const calls of values.short ? [5] : [5, 50])
  for (const [name, ms] of OUTAGES) {
    rows.push([calls, name, ...(await recover(calls, ms))]);
    keepSoFar(result);
  }
keep(result);

async function recover(calls: number, outageMs: number): Promise<(string | number)[]> {
  const clock = new VirtualClock(BEGIN + 2 * HOUR_MS);
  const returnsAt = clock.now + outageMs;
  const pipeline = startFreePipeline({
    clock,
    log: { length: WAITING, from: BEGIN, everyMs: HOUR_MS / WAITING, resources: 1_000 },
    latencies: { ...FREE, pageMs: 100, webhookMs: WEBHOOK_MS },
    concurrentCalls: calls,
    isDown: () => clock.now < returnsAt,
  });
  void pipeline.poll();
  await clock.run(returnsAt, () => false);
  const requests = pipeline.counts.all()['webhook.requests'] ?? 0;
  await clock.run(returnsAt + 24 * HOUR_MS, () => pipeline.delivered() === WAITING);
  pipeline.stop();
  if (pipeline.delivered() !== WAITING)
    throw new Error(`${pipeline.delivered()} of ${WAITING} were delivered`);
  const tookMs = clock.now - returnsAt;
  const fullMs = (WAITING * WEBHOOK_MS) / calls;
  return [requests, ...[tookMs, fullMs, tookMs - fullMs].map((ms) => `${Math.round(ms / 1_000)} s`)];
}
