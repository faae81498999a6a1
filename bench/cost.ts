/**
 * Prints what a webhook costs: requests that the real poll and delivery make in virtual time, times
 * the list prices of `bench/cost/prices.ts`.
 */
import { parseArgs } from 'node:util';
import { DEFAULT_MEMORY, LEAST_POLLER_MEMORY } from '../infra/config-fields.ts';
import type { MetricsLevel } from '../lambdas/shared/contract.ts';
import { countAll, MILLION } from './cost/countings.ts';
import { type Dollars, dollarsOf, price, SERVICES, total } from './cost/dollars.ts';
import { fixedCost } from './cost/fixed.ts';
import { LATENCIES, PRICES_OF } from './cost/prices.ts';
import { alternatives, flatCounts, requestTable } from './cost/request-table.ts';
import { type CountsByKind, scaled } from './pipeline/counts.ts';
import { countMinute, MINUTES_A_MONTH } from './pipeline/spread.ts';
import { keepCounts, measuredOf } from './support/kept-counts.ts';
import { keep, type Table } from './support/results.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const CALLS = [1, 5, 100];
const EVENTS = values.short ? [MILLION] : [100_000, MILLION, 10 * MILLION, 100 * MILLION];
/** Virtual minutes that are counted. A hundred million events a month are 2,283 a minute. */
const MINUTES = 10;

const memory = { poller: LEAST_POLLER_MEMORY, deliverer: DEFAULT_MEMORY };
const cpu = measuredOf('function', { pollMs: 20, eventMs: 2 });
const inMonth = (counts: CountsByKind) => dollarsOf(scaled(counts, MINUTES_A_MONTH), memory, cpu);

const countings = await countAll();
keepCounts('cost', flatCounts(countings));
keep({
  name: 'cost',
  title: 'What it costs',
  command: 'npm run bench -- --only cost',
  about: `Requests as they are counted on the real poll and the real delivery in virtual time, times the list prices of us-east-1 of ${PRICES_OF} (\`bench/cost/prices.ts\`), without any free tier, taxes and data transfer. Taken: ${LATENCIES.pageMs} ms for a page of Auth0's, ${LATENCIES.webhookMs} ms for a webhook call, 5 ms for DynamoDB, 8 ms for SQS; functions of ${memory.poller} and ${memory.deliverer} MB; five idle long polls of the event source mapping, each of 20 s; the CPU times of \`bench/results/function.md\`, this machine's CPU for one vCPU. Events are ${EVENTS.length > 1 ? 'at even distances over the month, ' : ''}of 1.5 kB.`,
  tables: [
    await byMonth(),
    await perMillion(10, 'ten million'),
    await perMillion(1, 'one million'),
    await bySizes(),
    requestTable(countings),
    alternatives(),
  ],
});

/** The cost of a month in which nothing happens. */
async function byMonth(): Promise<Table> {
  const rows: (string | number)[][] = [];
  for (const monitoring of ['full', 'essential'] as const)
    for (const every of [60, 30, 15, 5]) {
      const fixed = fixedCost(monitoring);
      const calls = inMonth((await minute(monitoring, every, 5, 0)).counts);
      rows.push([
        monitoring,
        `${every} s`,
        price(fixed),
        ...SERVICES.map((service) => price(calls[service])),
        price(total(calls)),
        `**${price(fixed + total(calls))}**`,
      ]);
    }
  return {
    title: 'A month in which nothing happens',
    columns: ['monitoring', 'polled every', 'fixed', ...SERVICES, 'calls in all', 'in all'],
    rows,
  };
}

/** What each million of events adds to the month in which nothing happens. */
async function perMillion(millions: number, inWords: string): Promise<Table> {
  const rows: (string | number)[][] = [];
  for (const monitoring of ['full', 'essential'] as const)
    for (const every of [60, 5])
      for (const calls of CALLS) {
        const few = inMonth((await minute(monitoring, every, calls, 0)).counts);
        const many = inMonth((await minute(monitoring, every, calls, millions * MILLION)).counts);
        const each = SERVICES.map((service) => (many[service] - few[service]) / millions);
        rows.push([monitoring, `${every} s`, calls, ...each.map(price), `**${price(sum(each))}**`]);
      }
  return {
    title: `A million events, beyond that month, where ${inWords} come in one`,
    columns: ['monitoring', 'polled every', 'calls', ...SERVICES, 'in all'],
    rows,
  };
}

/** The whole bill by the number of events. */
async function bySizes(): Promise<Table> {
  const rows: (string | number)[][] = [];
  for (const calls of [5, 100])
    for (const events of EVENTS) {
      if (events > 10 * MILLION && calls === 5) continue; // 5 calls of 200 ms are 25 a second, 65 million a month
      const { counts } = await minute('full', 60, calls, events);
      const bill: Dollars = inMonth(counts);
      rows.push([
        calls,
        events.toLocaleString('en'),
        price(fixedCost('full')),
        ...SERVICES.map((service) => price(bill[service])),
        `**${price(fixedCost('full') + total(bill))}**`,
      ]);
    }
  return {
    title: 'The bill of a month by events, monitoring full, polled once a minute',
    columns: ['calls', 'events', 'fixed', ...SERVICES, 'in all'],
    rows,
  };
}

function minute(monitoring: MetricsLevel, every: number, concurrentCalls: number, eventsAMonth: number) {
  const minutes = eventsAMonth > 10 * MILLION ? 3 : MINUTES;
  const course = { monitoring, pollEverySeconds: every, concurrentCalls, eventsAMonth, minutes };
  return countMinute({ ...course, latencies: LATENCIES });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}
