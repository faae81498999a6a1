import { type KeptCounts, measuredUnder } from '../support/kept-counts.ts';
import { keep, type Table } from '../support/results.ts';

const ABOUT = `The real delivery function, from an SQS event to the visibility changes, in virtual time: SQS, DynamoDB and the endpoint are simulated, with their times. Each event is of a resource of its own.

"After its return" is when the last waiting event is delivered, less what the full rate of that many calls needs at 100 ms each. The goals: at most 5,000 requests in a day, whatever waits; the last event within 60 s after a minute, within 6 min after an hour or a day. A row is measured singly, so rows may be of several runs.`;

/** Writes `bench/results/dead-endpoint.md` from the last measurements. */
export function keepTables(): void {
  const outages = measuredUnder('endpoint/');
  keep({
    name: 'dead-endpoint',
    title: 'A dead endpoint, and one with a limit',
    command: 'npm run bench:endpoint -- --long',
    about: ABOUT,
    tables: [
      outageTable('Dead for a day', under(outages, 'day/')),
      outageTable('Dead for an hour', under(outages, 'hour/')),
      outageTable('Dead for a minute', under(outages, 'minute/')),
      limitTable(measuredUnder('endpoint-limit/')),
    ],
  });
}

function under(all: KeptCounts, prefix: string): KeptCounts {
  const found = Object.entries(all).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, numbers]) => [name.slice(prefix.length), numbers]));
}

function outageTable(title: string, rows: KeptCounts): Table {
  const cells = Object.entries(rows).map(([name, numbers]) => {
    const [calls = '', waiting = '', kind = ''] = name.split('/');
    const of = (key: string) => Math.round(numbers[key] ?? Number.NaN);
    const afterSeconds = (numbers.lastSeconds ?? Number.NaN) - (numbers.fullRateSeconds ?? 0);
    return [
      ...[kind, Number(waiting), Number(calls)],
      ...['requests', 'invocations', 'writes', 'receives', 'mostReceives'].map(of),
      `${Math.max(0, Math.round(afterSeconds))} s`,
    ];
  });
  return {
    title,
    columns: [
      'endpoint',
      'waiting',
      'calls',
      'requests',
      'invocations',
      'writes',
      'receives',
      'most of one event',
      'after its return',
    ],
    rows: cells.toSorted((a, b) => Number(a[2]) - Number(b[2]) || Number(a[1]) - Number(b[1])),
  };
}

function limitTable(rows: KeptCounts): Table {
  const percent = (part = 0, whole = 0) => `${((100 * part) / whole).toFixed(1)} %`;
  return {
    title: 'A receiver with a limit: half an hour, 5 calls, 60 resources',
    columns: ['receiver', 'requests', 'wasted', "of the receiver's rate"],
    rows: Object.entries(rows).map(([name, { requests = 0, delivered = 0, possible = 0 }]) => [
      name,
      requests,
      percent(requests - delivered, requests),
      percent(delivered, possible),
    ]),
  };
}
