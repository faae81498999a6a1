/**
 * Measures from the log to the webhook, against a limit that nothing can beat and against the
 * plainest loop.
 */
import { parseArgs } from 'node:util';
import { embedded } from './end-to-end/embedded.ts';
import { type Course, freePipeline, freePlainLoop, virtualPipeline } from './end-to-end/free.ts';
import { limitOf } from './end-to-end/plain-loop.ts';
import { keep, keepSoFar, quantile, type Table } from './support/results.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const EVENTS = values.short ? 500 : 5_000;
const ROUNDS = values.short ? 1 : 3;
const PAGE_MS = 100;
const WEBHOOK_MS = 10;
const COLUMNS = ['calls', 'limit', 'plain loop', 'ours', 'plain loop ÷ limit', 'ours ÷ limit'];
const course = (calls: number): Course => ({ events: EVENTS, calls, pageMs: PAGE_MS, webhookMs: WEBHOOK_MS });

const tables: Table[] = [];
const result = {
  name: 'end-to-end',
  title: 'From the log to the webhook',
  command: `npm run bench -- --only end-to-end${values.short ? ' --short' : ''}`,
  about: `${EVENTS.toLocaleString('en')} events of 500 users, pages of 100 that take ${PAGE_MS} ms, a webhook that takes ${WEBHOOK_MS} ms. The limit is the larger of pages × page latency and events × webhook latency ÷ calls, with the latencies as a caller waits for them in the same run. The plain loop reads all and then POSTs with a limit: no queue, no order, no memory. Medians of ${ROUNDS}, in turns.`,
  tables,
};
await inVirtualTime();
await onFree();
await onEmbedded();
keep(result);
process.exit();

/** A table whose rows are kept as they come. */
function table(title: string, columns: readonly string[]): (row: readonly (string | number)[]) => void {
  const rows: (readonly (string | number)[])[] = [];
  tables.push({ title, columns, rows });
  return (row) => {
    rows.push(row);
    keepSoFar(result);
  };
}

/** What the protocol itself adds, in virtual time. */
async function inVirtualTime(): Promise<void> {
  const add = table('On a queue and a store that cost nothing, in virtual time: the same in each run', [
    'calls',
    'limit',
    'ours',
    'ours ÷ limit',
  ]);
  for (const calls of [1, 5, 50, 100]) {
    const ms = await virtualPipeline({ ...course(calls), events: 5_000 });
    const limit = Math.max(50 * PAGE_MS, (5_000 * WEBHOOK_MS) / calls);
    add([calls, seconds(limit), seconds(ms), `**${(ms / limit).toFixed(3)}**`]);
  }
}

/** The real pipeline on services that cost nothing, in real time, with our own CPU. */
async function onFree(): Promise<void> {
  const add = table('The same in real time, all in one process', COLUMNS);
  for (const calls of [5, 50]) {
    const times: number[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const plain = await freePlainLoop(course(calls));
      const ours = await freePipeline(course(calls));
      const limit = limitOf({ ...ours, pageMs: plain.pageMs }, calls);
      times.push([limit, plain.ms, ours.ms, plain.ms / limit, ours.ms / limit]);
    }
    add([calls, ...cells(times)]);
  }
}

/** `npm start`, as everybody sees it first. */
async function onEmbedded(): Promise<void> {
  const add = table('On the embedded services: `npm start -- --once`', COLUMNS);
  for (const calls of [5, 50]) {
    const times: number[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { plain, ms } = await embedded(course(calls));
      const limit = limitOf(plain, calls);
      times.push([limit, plain.ms, ms, plain.ms / limit, ms / limit]);
    }
    add([calls, ...cells(times)]);
  }
}

function cells(times: readonly (readonly number[])[]): readonly string[] {
  const median = (at: number) =>
    quantile(
      times.map((each) => each[at] ?? 0),
      0.5,
    );
  return [
    seconds(median(0)),
    seconds(median(1)),
    seconds(median(2)),
    median(3).toFixed(2),
    `**${median(4).toFixed(2)}**`,
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
