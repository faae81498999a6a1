import { expect, test } from 'vitest';
import { detectGap } from '../../../../lambdas/poller/reading/gap.ts';
import { logEvent, logIdAt, T0 } from '../../../support/log-event.ts';
import { logPage } from '../../../support/log-page.ts';
import { pollWorld } from '../../../support/poll-world.ts';

const DAY = 24 * 3_600_000;
const readAt = T0 + 10 * DAY;

/** What is told of a cursor `age` old whose next entry was ingested `found` before now. */
function told(
  age: number,
  found: number | undefined,
  { retentionDays = 1, caughtUp = undefined as number | undefined } = {},
) {
  const world = pollWorld([], { retentionDays });
  const caughtUpAt = caughtUp === undefined ? undefined : readAt - caughtUp;
  const entries = found === undefined ? [] : [logEvent({ time: readAt - found })];
  const gaps = detectGap(logIdAt(readAt - age), logPage(entries, readAt), caughtUpAt, world.deps());
  return { lines: world.told.lines, gaps };
}

test('a cursor older than the retention is a gap, told with both ends', () => {
  const { lines, gaps } = told(2 * DAY, DAY / 2);
  expect(gaps).toBe(1);
  expect(lines).toEqual([
    {
      level: 'error',
      event: 'gap.detected',
      fields: {
        from: new Date(readAt - 2 * DAY).toISOString(),
        to: new Date(readAt - DAY / 2).toISOString(),
        retentionDays: 1,
      },
      embedded: {},
    },
  ]);
});

test('a warning comes at half the retention, before anything is lost', () => {
  expect(told(0.6 * DAY, 0.1 * DAY)).toMatchObject({
    gaps: 0,
    lines: [{ level: 'warn', event: 'gap.near' }],
  });
  expect(told(0.4 * DAY, 0.1 * DAY).lines).toEqual([]);
});

test('the retention is as long as the setting says', () => {
  expect(told(20 * DAY, 1 * DAY, { retentionDays: 30 })).toMatchObject({
    gaps: 0,
    lines: [{ event: 'gap.near' }],
  });
  expect(told(10 * DAY, 1 * DAY, { retentionDays: 30 }).lines).toEqual([]);
});

test('an entry from before the retention shows that the tenant keeps longer', () => {
  expect(told(5 * DAY, 4 * DAY)).toEqual({ lines: [], gaps: 0 });
});

test('a quiet tenant whose log was read to its end has no gap', () => {
  expect(told(5 * DAY, 60_000, { caughtUp: 120_000 })).toEqual({ lines: [], gaps: 0 });
  expect(told(5 * DAY, undefined, { caughtUp: 120_000 })).toEqual({ lines: [], gaps: 0 });
});

test('an outage that began after the log was read to its end is a gap from then on', () => {
  expect(told(5 * DAY, DAY / 2, { caughtUp: 3 * DAY }).lines[0]?.fields.from).toBe(
    new Date(readAt - 3 * DAY).toISOString(),
  );
});

test('an id that tells no time gives no false alarm', () => {
  const world = pollWorld([]);
  detectGap('123', logPage([], readAt), undefined, world.deps());
  expect(world.told.lines).toEqual([]);
});
