import { expect, it } from 'vitest';
import { idOf, textField } from '../../../lambdas/shared/log-event.ts';
import { type CrashPlan, crashing } from '../../support/crashing.ts';
import { logEvent, T0, userEvents } from '../../support/log-event.ts';
import { type PollWorld, pollWorld } from '../../support/poll-world.ts';

/** A log of three pages: events, no event, events. Users take turns. */
function log() {
  const logins = Array.from({ length: 100 }, (_, index) =>
    logEvent({ type: 's', time: T0 + 200_000 + index, sequence: 500 + index }),
  );
  return [...userEvents(101), ...logins, ...userEvents(30, 7, T0 + 300_000)];
}

async function crashOnce(world: PollWorld, plan: CrashPlan): Promise<number> {
  const { deps, effects } = crashing(world.deps(), plan);
  await world.poll(deps).catch(() => {});
  return effects();
}

/** Polls and delivers without faults, and expects that everything ends. */
async function expectWhole(world: PollWorld, events: readonly unknown[], what: string): Promise<void> {
  await world.poll();
  await world.deliver();
  const report = await world.poll();
  const matching = events.filter((event) => textField(event, 'type') === 'sapi').map(idOf);
  expect(new Set(world.delivered), what).toEqual(new Set(matching));
  expect(world.delivered, what).toHaveLength(matching.length); // each once: a crash of the poller repeats nothing
  const userOf = new Map(world.queue.accepted.map(({ logId, resource }) => [logId, resource]));
  for (const ids of Map.groupBy(world.delivered, (logId) => userOf.get(logId)).values())
    expect(ids, what).toEqual(ids.toSorted());
  expect(report, what).toMatchObject({ pending: 0, openBatches: 0, cursor: idOf(events.at(-1)) });
  expect(report.checkpoint, what).toBe(report.cursor);
}

const ALL = Number.POSITIVE_INFINITY;

it('a crash before or after any effect of a poll is finished by the next ones', async () => {
  const events = log();
  const effects = await crashOnce(pollWorld(events), { at: ALL, when: 'before' });

  expect(effects).toBeGreaterThan(15);
  for (let at = 1; at <= effects; at++) {
    for (const when of ['before', 'after'] as const) {
      const world = pollWorld(events);
      await crashOnce(world, { at, when });
      await expectWhole(world, events, `${when} effect ${at}`);
    }
  }
});

it('so are two crashes one after the other', async () => {
  const events = log();
  const effects = await crashOnce(pollWorld(events), { at: ALL, when: 'before' });
  for (let first = 1; first <= effects; first++) {
    for (let second = 1; second <= 12; second++) {
      const world = pollWorld(events);
      await crashOnce(world, { at: first, when: 'after' });
      await crashOnce(world, { at: second, when: 'after' });
      await expectWhole(world, events, `after effect ${first}, then after effect ${second}`);
    }
  }
});

it('a crash in the middle of sending loses nothing and repeats nothing, also when SQS has forgotten', async () => {
  const events = userEvents(60);
  for (const forgotten of [false, true]) {
    for (let breakAfter = 0; breakAfter < 60; breakAfter += 7) {
      const world = pollWorld(events);
      world.queue.breakAfter = breakAfter;
      await expect(world.poll()).rejects.toThrow();
      if (forgotten) {
        await world.deliver(); // what was sent is delivered before the repair
        world.queue.forgetDuplicates();
      }
      await world.poll();
      await world.deliver();
      expect(world.delivered, `broken after ${breakAfter}`).toEqual(events.map(idOf));
      expect(await world.poll()).toMatchObject({ pending: 0, openBatches: 0 });
    }
  }
});
