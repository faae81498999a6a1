import { expect, it } from 'vitest';
import { detectGap } from '../../../../lambdas/poller/reading/gap.ts';
import { positionAt } from '../../../../lambdas/shared/log-position.ts';
import { logEvent, logIdAt, T0 } from '../../../support/log-event.ts';
import { logPage } from '../../../support/log-page.ts';
import { pollWorld } from '../../../support/poll-world.ts';

const DAY = 24 * 3_600_000;
const readAt = T0 + 10 * DAY;

/**
 * Looks for a gap after a cursor that is `age` old. The next entry was ingested `found` before now.
 */
async function told(
  age: number,
  found: number | undefined,
  {
    retentionDays = 1,
    caughtUp = undefined as number | undefined,
    isRewound = false,
    cursorAt = logIdAt as (time: number) => string,
  } = {},
) {
  const world = pollWorld([], { retentionDays });
  const caughtUpAt = caughtUp === undefined ? undefined : readAt - caughtUp;
  const entries = found === undefined ? [] : [logEvent({ time: readAt - found })];
  const log = { ...world.log, search: async () => logPage(entries, readAt) };
  const stop = { cursor: cursorAt(readAt - age), caughtUpAt, isRewound, readAt };
  const gaps = await detectGap(stop, { ...world.deps(), log });
  return { lines: world.told.lines, gaps };
}

it('a cursor older than the retention is a gap, told with both ends', async () => {
  const { lines, gaps } = await told(2 * DAY, DAY / 2);

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

it('a warning comes at half the retention, before anything is lost', async () => {
  expect(await told(0.6 * DAY, 0.1 * DAY)).toMatchObject({
    gaps: 0,
    lines: [{ level: 'warn', event: 'gap.near' }],
  });
  expect((await told(0.4 * DAY, 0.1 * DAY)).lines).toEqual([]);
});

it('the retention is as long as the setting says', async () => {
  expect(await told(20 * DAY, 21 * DAY, { retentionDays: 30 })).toMatchObject({
    gaps: 0,
    lines: [{ event: 'gap.near' }],
  });
  expect((await told(10 * DAY, 21 * DAY, { retentionDays: 30 })).lines).toEqual([]);
});

it('an oldest entry that is younger than where reading stopped is a gap, however old it is', async () => {
  expect(await told(5 * DAY, 4 * DAY)).toMatchObject({ gaps: 1, lines: [{ event: 'gap.detected' }] });
  expect(await told(20 * DAY, 1 * DAY, { retentionDays: 30 })).toMatchObject({ gaps: 1 });
});

it('an oldest entry from before reading stopped shows that nothing is missing', async () => {
  expect(await told(5 * DAY, 6 * DAY)).toEqual({ lines: [], gaps: 0 });
});

it('the first minute after the retention is a gap, also where the end was never proven', async () => {
  expect(await told(DAY + 60_000, DAY - 60_000)).toMatchObject({
    gaps: 1,
    lines: [{ event: 'gap.detected' }],
  });
});

it('a quiet tenant whose log was read to its end has no gap', async () => {
  expect(await told(5 * DAY, 60_000, { caughtUp: 120_000 })).toEqual({ lines: [], gaps: 0 });
  expect(await told(5 * DAY, undefined, { caughtUp: 120_000 })).toEqual({ lines: [], gaps: 0 });
});

it('an outage that began after the log was read to its end is a gap from then on', async () => {
  expect((await told(5 * DAY, DAY / 2, { caughtUp: 3 * DAY })).lines[0]?.fields.from).toBe(
    new Date(readAt - 3 * DAY).toISOString(),
  );
});

it('an id that tells no time gives no false alarm', async () => {
  const world = pollWorld([]);
  await detectGap({ cursor: '123', caughtUpAt: undefined, isRewound: false, readAt }, world.deps());

  expect(world.told.lines).toEqual([]);
});

it('a rewind to a time is no first position: the hour before the oldest entry is a gap', async () => {
  const cursorAt = (time: number) => positionAt(time, '900');
  const first = await told(DAY + DAY / 48, DAY, { cursorAt });
  const rewound = await told(DAY + DAY / 48, DAY, { cursorAt, isRewound: true });

  expect(first.gaps).toBe(0);
  expect(rewound.gaps).toBe(1);
});
