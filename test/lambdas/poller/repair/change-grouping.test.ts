import { describe, expect, it } from 'vitest';
import { changeGrouping, isSame } from '../../../../lambdas/poller/repair/change-grouping.ts';
import type { Batch, Grouping, Order } from '../../../../lambdas/shared/ledger/items.ts';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import { T0, userEvents } from '../../../support/log-event.ts';
import { pollWorld } from '../../../support/poll-world.ts';

const BY_RESOURCE: Grouping = { order: 'resource', version: 2 };
const TOTAL: Grouping = { order: 'total', version: 2 };
const IDLE = { waiting: 0, deadLettered: 0 };
const OPEN: Batch = {
  id: 'batch#1#1#a',
  from: '1',
  to: '2',
  seq: 1,
  openedAt: T0,
  oldestAt: T0,
  enqueued: true,
  round: 0,
  sentRound: 0,
  kept: new Set(),
  pending: new Set([0]),
  failures: new Map(),
  unreadable: new Set(),
  deadLettered: new Set(),
  ledger: 'ledger',
};

async function grouped(grouping: Grouping | undefined) {
  const deps = { ...pollWorld([]).deps(), grouping: TOTAL };
  const bound = { tenant: 'example.eu.auth0.com', grouping };
  const state = await deps.ledger.createState('ledger', '1', 1, bound);
  if (!state) throw new Error('there is a state already');
  return { state, deps };
}

describe('isSame', () => {
  it.each([
    [true, TOTAL],
    [false, BY_RESOURCE],
    [false, { order: 'total', version: 1 } as const],
  ])('is %s for %o beside total/2', (same, other) => {
    expect(isSame(TOTAL, other)).toBe(same);
  });
});

describe('changeGrouping', () => {
  it.each([
    ['another order', BY_RESOURCE],
    ['another version', { order: 'total', version: 1 } as const],
    ['none', undefined],
  ])('gives a state with %s the wanted one when nothing is open', async (_, former) => {
    const { state, deps } = await grouped(former);

    expect(await changeGrouping(state, undefined, IDLE, deps)).toMatchObject({ grouping: TOTAL, seq: 2 });
    expect((await deps.ledger.readState())?.grouping).toEqual(TOTAL);
  });

  it.each([
    ['a batch is open', OPEN, IDLE],
    ['a message waits', undefined, { waiting: 1, deadLettered: 0 }],
  ])('leaves the former one while %s', async (_, open, queued) => {
    const { state, deps } = await grouped(BY_RESOURCE);

    expect(await changeGrouping(state, open, queued, deps)).toBe(state);
    expect(await deps.ledger.readState()).toMatchObject({ grouping: BY_RESOURCE, seq: 1 });
  });

  it('writes nothing when the state has the wanted one', async () => {
    const { state, deps } = await grouped(TOTAL);

    expect(await changeGrouping(state, undefined, IDLE, deps)).toBe(state);
    expect((await deps.ledger.readState())?.seq).toBe(1);
  });

  it('stops a poll that another one has overtaken', async () => {
    const { state, deps } = await grouped(BY_RESOURCE);
    await deps.ledger.claim(state, { cursor: '2' });

    expect(await changeGrouping(state, undefined, IDLE, deps)).toBeUndefined();
    expect((await deps.ledger.readState())?.grouping).toEqual(BY_RESOURCE);
  });
});

describe('a deploy that changes the order while events wait', () => {
  it.each([
    ['resource', 'total'],
    ['total', 'resource'],
  ] as const)('%s to %s takes effect for what is read once all is delivered', async (former, wanted) => {
    const world = pollWorld(userEvents(10));
    const sent: [string, Order][] = [];
    const sendQuickly: typeof world.queue.sendQuickly = async (messages, order) => {
      sent.push(...messages.map(({ logId }) => [logId, order] as [string, Order]));
      return await world.queue.sendQuickly(messages, order);
    };
    const pollFor = (order: Order) =>
      world.poll({ queue: { ...world.queue, sendQuickly }, grouping: { order, version: 2 } });
    const later = userEvents(2, 7, T0 + 1_800_000).map((event) => [event]);
    await pollFor(former);

    world.log.add(...(later[0] ?? []));
    const waiting = await pollFor(wanted);
    await world.deliver();
    world.log.add(...(later[1] ?? []));
    const changed = await pollFor(wanted);

    expect(waiting).toMatchObject({ grouping: `${former}/2`, groupingWanted: `${wanted}/2` });
    expect(changed).toMatchObject({ grouping: `${wanted}/2` });
    expect(changed.groupingWanted).toBeUndefined();
    expect(sent.slice(0, 10).every(([, order]) => order === former)).toBe(true);
    expect(sent.slice(10)).toEqual([
      [idOf(later[0]?.[0] ?? {}), former],
      [idOf(later[1]?.[0] ?? {}), wanted],
    ]);
  });
});
