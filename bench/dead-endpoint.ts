import { parseArgs } from 'node:util';
import { deliverVirtually } from './virtual/delivery.ts';
import { DOWN, downUntil } from './virtual/endpoints.ts';
import { fixedWindow, limited, right } from './virtual/limits.ts';

const HELP = `What a dead or limited endpoint costs, on the real delivery function in virtual time.

  npm run bench:endpoint              100 and 5,000 events waiting (some minutes)
  npm run bench:endpoint -- --long    50,000 too, and 100 calls (an hour)
`;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIVE = { reserved: 5, sideBySide: 1 };
const HUNDRED = { reserved: 10, sideBySide: 10 };
const KINDS = Object.keys(DOWN) as (keyof typeof DOWN)[];

const { values } = parseArgs({
  options: { long: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (values.help) console.log(HELP);
else {
  await dead();
  await recovery();
  await limit();
}

async function dead(): Promise<void> {
  for (const calls of values.long ? [FIVE, HUNDRED] : [FIVE])
    for (const waiting of values.long ? [100, 5_000, 50_000] : [100, 5_000])
      for (const kind of KINDS) {
        const course = {
          ...calls,
          waiting,
          endpoint: downUntil(Number.POSITIVE_INFINITY, kind),
          endMs: 24 * HOUR,
        };
        const { requests, invocations, writes, receives, mostReceives } = await deliverVirtually(course);
        const of = calls.reserved * calls.sideBySide;
        console.log({
          dead: kind,
          waiting,
          calls: of,
          requests,
          invocations,
          writes,
          receives,
          mostReceives,
        });
      }
}

/** Seconds from the endpoint's return to the last event, less what the full rate needs. */
async function recovery(): Promise<void> {
  for (const [name, length] of Object.entries({ '1 min': MINUTE, '1 h': HOUR, '1 day': 24 * HOUR }))
    for (const kind of KINDS) {
      const waiting = 400;
      const course = { ...FIVE, waiting, endpoint: downUntil(length, kind), endMs: length + 2 * HOUR };
      const { last, delivered } = await deliverVirtually(course);
      console.log({
        down: kind,
        for: name,
        delivered,
        seconds: (last - length) / 1_000 - (waiting * 0.1) / 5,
      });
    }
}

async function limit(): Promise<void> {
  for (const settings of [{}, { WEBHOOK_MAX_PER_SECOND: '0.5' }]) {
    const course = {
      ...FIVE,
      waiting: 3_000,
      resources: 60,
      endpoint: limited(fixedWindow(5, 10_000), right),
      endMs: HOUR,
      settings,
    };
    const { requests, refused, delivered } = await deliverVirtually(course);
    const wasted = refused / requests;
    console.log({ limit: '5 per 10 s', ...settings, requests, wasted, used: delivered / (0.5 * 3_600) });
  }
}
