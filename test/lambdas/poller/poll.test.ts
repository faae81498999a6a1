import { describe, expect, it } from 'vitest';
import { idOf } from '../../../lambdas/shared/log-event.ts';
import { logEvent, logIdAt, T0, userEvents } from '../../support/log-event.ts';
import { openBatches } from '../../support/open-batches.ts';
import { pollWorld } from '../../support/poll-world.ts';
import { filterSettings } from '../../support/settings.ts';

it('sends what matches, in batches of one page, and moves the cursor to the end of the log', async () => {
  const events = userEvents(250);
  const world = pollWorld(events);
  const report = await world.poll();

  expect(report).toMatchObject({ read: 250, matched: 250, pages: 3, stoppedBy: 'caught-up', openBatches: 3 });
  expect(world.queue.accepted.map(({ logId }) => logId)).toEqual(events.map(idOf));
  expect(report.cursor).toBe(idOf(events[249]));
  expect((await openBatches(world.ledger)).every(({ enqueued }) => enqueued)).toBe(true);
});

it('the checkpoint follows the deliveries, not the cursor', async () => {
  const world = pollWorld(userEvents(150));
  const { checkpoint, cursor, pending } = await world.poll();

  expect(checkpoint < idOf(userEvents(1)[0])).toBe(true);
  expect(pending).toBe(150);
  await world.deliver();

  expect(await world.poll()).toMatchObject({ checkpoint: cursor, pending: 0, lagSeconds: 0, openBatches: 0 });
});

it('counts per reason why log events are no events', async () => {
  const filter = filterSettings({
    endpoints: [['users']],
    methods: ['patch'],
    excludedClients: ['loop', 'our-own-client'],
  });
  const shapes = [
    {},
    { type: 's' },
    { path: '/api/v2/users-by-email' },
    { method: 'delete' },
    { clientId: 'loop' },
    { clientId: 'our-own-client' },
  ];
  const world = pollWorld(
    shapes.map((shape, sequence) => logEvent({ ...shape, sequence })),
    { filter },
  );
  const { verdicts } = await world.poll();

  expect(verdicts).toEqual({ matched: 1, type: 1, endpoint: 1, method: 1, client: 2 });
});

it('a page without events only moves the cursor', async () => {
  const world = pollWorld(userEvents(100), { filter: filterSettings({ endpoints: [['clients']] }) });

  expect(await world.poll()).toMatchObject({ read: 100, matched: 0, openBatches: 0 });
  expect(world.queue.accepted).toEqual([]);
});

it('the next page is asked for while this one is sent', async () => {
  const world = pollWorld(userEvents(150));
  let askedWhileSending = 0;
  const sendQuickly: typeof world.queue.sendQuickly = async (messages, order) => {
    askedWhileSending ||= world.log.asked.length;
    return await world.queue.sendQuickly(messages, order);
  };
  await world.poll({ queue: { ...world.queue, sendQuickly } });

  expect(askedWhileSending).toBe(2);
});

it('a full batch is sent before the next page is there', async () => {
  const world = pollWorld(userEvents(150));
  const sentBefore: number[] = [];
  const page: typeof world.log.page = async (...asked) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    sentBefore.push(world.queue.accepted.length);
    return await world.log.page(...asked);
  };
  await world.poll({ batchPages: 10, log: { ...world.log, page } });

  expect(sentBefore.slice(0, 2)).toEqual([0, 100]);
});

it('a log that was empty at first is read from its beginning once something is there', async () => {
  const world = pollWorld([], { startFrom: { kind: 'latest' } });

  expect(await world.poll()).toMatchObject({ stoppedBy: 'caught-up', read: 0 });
  world.log.add(...userEvents(3));

  expect(await world.poll()).toMatchObject({ matched: 3 });
});

it('a change of START_FROM after the first poll does nothing', async () => {
  const world = pollWorld(userEvents(5), { startFrom: { kind: 'latest' } });
  await world.poll();
  world.settings = { ...world.settings, startFrom: { kind: 'earliest' } };

  expect(await world.poll()).toMatchObject({ read: 0 });
});

describe('late arrivals', () => {
  const first = logEvent({ time: T0, sequence: 1 });
  const late = logEvent({ time: T0 + 1_000, sequence: 2 });
  const last = logEvent({ time: T0 + 2_000, sequence: 3 });
  /**
   * Delivers a log in which an id becomes visible only after a higher one was served.
   * @returns ids that were delivered
   */
  async function deliveredWith(settleSeconds: number): Promise<string[]> {
    const world = pollWorld([first, last], { settleSeconds });
    world.now = T0 + 2_500;
    await world.poll();
    world.log.add(late);
    world.now += 60_000;
    await world.poll();
    await world.deliver();
    return world.delivered;
  }

  it('are lost without a settle time', async () => {
    expect(await deliveredWith(0)).toEqual([first, last].map(idOf));
  });

  it('are read with it', async () => {
    expect(await deliveredWith(5)).toEqual([first, late, last].map(idOf));
  });

  it('a poll ends before what is not settled, and says so', async () => {
    const world = pollWorld([first, last]);
    world.now = T0 + 5_500;

    expect(await world.poll()).toMatchObject({ stoppedBy: 'unsettled', read: 1, cursor: idOf(first) });
    expect(world.log.asked).toHaveLength(1);
  });

  it('says when they are settled, so that it is polled for once more', async () => {
    const world = pollWorld([first, last]);
    world.now = T0 + 5_500;

    expect((await world.poll()).settledInMs).toBeGreaterThan(0);
  });

  it('says nothing of the kind when the young ones are no events', async () => {
    const world = pollWorld([first, logEvent({ time: T0 + 1_000, sequence: 2, type: 's' })]);
    world.now = T0 + 5_500;

    const report = await world.poll();

    expect(report).toMatchObject({ stoppedBy: 'unsettled', read: 1 });
    expect(report.settledInMs).toBeUndefined();
  });
});

it('lag is the age of the oldest undelivered event', async () => {
  const world = pollWorld(userEvents(3));

  expect((await world.poll()).lagSeconds).toBe(3_600);
  world.now = T0 + 7_200_000;

  expect((await world.poll()).lagSeconds).toBe(7_200);
});

it('a poll that another one overtakes ends, and what it put is swept later', async () => {
  const world = pollWorld(userEvents(150));
  const putBatch: typeof world.ledger.putBatch = async (batch) => {
    const id = await world.ledger.putBatch(batch);
    const state = await world.ledger.readState();
    if (state) await world.ledger.claim(state, { cursor: state.cursor });
    return id;
  };

  expect(await world.poll({ ledger: { ...world.ledger, putBatch } })).toMatchObject({
    stoppedBy: 'overtaken',
  });
  expect(world.queue.accepted).toEqual([]);
  await world.poll();

  expect(world.queue.accepted).toHaveLength(150);
  expect(await openBatches(world.ledger)).toHaveLength(2);
});

it('a log_id of another length is not taken for a position', async () => {
  const odd = logEvent({ fields: { log_id: '9', _id: '9' } });
  const world = pollWorld([odd, logEvent({ time: T0 + 1_000 })]);

  expect(await world.poll()).toMatchObject({ matched: 1, cursor: logIdAt(T0 + 1_000) });
});
