import { parseArgs } from 'node:util';
import { keepMeasured } from './support/kept-counts.ts';
import { deliverVirtually } from './virtual/delivery.ts';
import { keepTables } from './virtual/endpoint-tables.ts';
import { DOWN, downUntil } from './virtual/endpoints.ts';
import { LIMITS, limited } from './virtual/limits.ts';

const HELP = `What a dead or limited endpoint costs, on the real delivery function in virtual time.

  npm run bench:endpoint                     100 and 5,000 events waiting, 5 calls (some minutes)
  npm run bench:endpoint -- --long           50,000 too, and 100 calls (most of an hour)
  npm run bench:endpoint -- --waiting 50000 --calls 100 --kind hanging --down day
                                             one row; the others keep what was measured last
  npm run bench:endpoint -- --limits         only the receivers with a limit
`;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LENGTHS: Readonly<Record<string, number>> = { minute: MINUTE, hour: HOUR, day: 24 * HOUR };
const CALLS: Readonly<Record<string, { readonly reserved: number; readonly sideBySide: number }>> = {
  5: { reserved: 5, sideBySide: 1 },
  100: { reserved: 10, sideBySide: 10 },
};
const KINDS = ['refused', 503, 'hanging'] as const;
const ANSWER_SECONDS = 0.1;

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    waiting: { type: 'string' },
    calls: { type: 'string' },
    kind: { type: 'string' },
    down: { type: 'string' },
    limits: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(HELP);
else {
  const usual = values.long ? ['100', '5000', '50000'] : values.short ? ['100'] : ['100', '5000'];
  const isOneRow = [values.waiting, values.calls, values.kind, values.down].some((value) => value);
  for (const down of values.limits ? [] : (values.down?.split(',') ?? Object.keys(LENGTHS)))
    for (const calls of values.calls?.split(',') ?? (values.long ? ['5', '100'] : ['5']))
      for (const waiting of values.waiting?.split(',') ?? usual)
        for (const kind of KINDS.filter((each) => values.kind === undefined || values.kind === String(each)))
          await outage(down, calls, Number(waiting), kind);
  if (!isOneRow) await limits();
  keepTables();
}

/** An endpoint that is down from the start and comes back. */
async function outage(down: string, calls: string, waiting: number, kind: (typeof KINDS)[number]) {
  const lookMs = LENGTHS[down];
  const sideBySide = CALLS[calls];
  if (lookMs === undefined || sideBySide === undefined)
    throw new Error(`no such row: ${down}, ${calls} calls`);
  const endpoint = downUntil(lookMs, kind);
  const endMs = lookMs + 4 * HOUR;
  const { atLook, last, delivered } = await deliverVirtually({
    ...sideBySide,
    waiting,
    endpoint,
    endMs,
    lookMs,
  });
  if (delivered !== waiting) throw new Error(`${waiting - delivered} events were not delivered`);
  const { requests, invocations, writes, receives, mostReceives } = atLook;
  const fullRateSeconds = (waiting * ANSWER_SECONDS) / Number(calls);
  const lastSeconds = (last - lookMs) / 1_000;
  const numbers = { requests, invocations, writes, receives, mostReceives, lastSeconds, fullRateSeconds };
  keepMeasured(`endpoint/${down}/${calls}/${waiting}/${kind}`, numbers);
  console.log(down, `${calls} calls`, waiting, kind, DOWN[kind].ms, numbers);
}

/** Endpoints with a limit, for half an hour each, with nothing learnt before. */
async function limits(): Promise<void> {
  const endMs = HOUR / 2;
  for (const [name, { perSecond, meter, wish, status, settings }] of Object.entries(LIMITS)) {
    const waiting = Math.ceil((perSecond * endMs) / 1_000) + 200;
    const endpoint = limited(meter(), wish, status);
    const course = {
      reserved: 5,
      sideBySide: 1,
      waiting,
      resources: 60,
      endpoint,
      endMs,
      ...(settings ? { settings } : {}),
    };
    const { requests, delivered } = await deliverVirtually(course);
    const numbers = { requests, delivered, possible: (perSecond * endMs) / 1_000 };
    keepMeasured(`endpoint-limit/${name}`, numbers);
    console.log(name, numbers);
  }
}
