import { describe, expect, it } from 'vitest';
import type { WebhookMessage } from '../../../lambdas/shared/queue/webhook-message.ts';
import { type DeliverWorld, deliverWorld, FAILED, recordOf } from '../../support/deliver-world.ts';

/** A batch of four events of one resource that is not marked enqueued. */
async function unmarked(world: DeliverWorld) {
  const state = await world.ledger.createState('ledger-1', '100');
  if (!state) throw new Error('no state');
  const pending = new Set([0, 1, 2, 3]);
  const at = { ledger: 'ledger-1', from: '100', to: '200', seq: state.seq + 1, openedAt: 1, oldestAt: 1 };
  const batch = await world.ledger.putBatch({ ...at, pending });
  await world.ledger.claim(state, { cursor: '200' });
  const message = (ordinal: number, more: Partial<WebhookMessage> = {}) => {
    const after = ordinal === 0 ? {} : { after: ordinal - 1 };
    const of = { ledger: 'ledger-1', batch, ordinal, logId: `e${ordinal}`, resource: 'users/1', body: '{}' };
    const record = recordOf({ ...of, round: 0, ...(more.round === undefined ? after : {}), ...more });
    return { ...record, messageId: `m${ordinal}-${more.round ?? 0}`, group: 'users/1' };
  };
  return { batch, message };
}

describe.each([{ sendAsBatch: false }, { sendAsBatch: true }])('with %o', (overrides) => {
  it('an event waits for the one before it, which SQS may have refused', async () => {
    const world = deliverWorld();
    const { batch, message } = await unmarked(world);

    expect(await world.deliver([message(2), message(3)], overrides)).toEqual(['e2', 'e3']);
    expect(world.attempted).toEqual([]);
    expect(world.told.lines).toContainEqual(
      expect.objectContaining({ event: 'delivery.out-of-turn', fields: { records: 2, batches: [batch] } }),
    );
    expect(world.postponed.get('e2')).toBe(world.postponed.get('e3'));
    await world.ledger.markEnqueued({ id: batch, round: 0 });

    expect(await world.deliver([message(2), message(3)], overrides)).toEqual([]);
    expect(world.attempted).toEqual(['e2', 'e3']);
  });

  it('it does not wait for one that comes with it, or was delivered', async () => {
    const world = deliverWorld();
    const { batch, message } = await unmarked(world);
    await world.ledger.record(batch, {
      delivered: new Set([0]),
      failed: new Map(),
      deadLettered: new Set(),
    });

    expect(await world.deliver([message(1), message(2)], overrides)).toEqual([]);
    expect(world.attempted).toEqual(['e1', 'e2']);
  });

  it('messages of the first sending count until the new one is marked, and go then', async () => {
    const world = deliverWorld();
    const { batch, message } = await unmarked(world);
    await world.ledger.beginRound(batch, new Set());

    expect(await world.deliver([message(0), message(2)], overrides)).toEqual(['e2']);
    expect(world.attempted).toEqual(['e0']);
    await world.ledger.markEnqueued({ id: batch, round: 1 });

    expect(await world.deliver([message(2), message(1, { round: 1 })], overrides)).toEqual([]);
    expect(world.attempted).toEqual(['e0', 'e1']);
    expect(new Set(await world.pending(message(0)))).toEqual(new Set([2, 3]));
  });

  it('the message that counts may come with one that does not', async () => {
    const world = deliverWorld();
    const { batch, message } = await unmarked(world);
    await world.ledger.beginRound(batch, new Set());
    await world.ledger.markEnqueued({ id: batch, round: 1 });

    expect(await world.deliver([message(0), message(1), message(0, { round: 1 })], overrides)).toEqual([]);
    expect(world.attempted).toEqual(['e0']);
    expect(await world.pending(message(0))).toEqual([1, 2, 3]);
  });

  it('no message is ignored where a version that knows no rounds has marked the batch', async () => {
    const world = deliverWorld();
    const { batch, message } = await unmarked(world);
    await world.ledger.beginRound(batch, new Set());
    const { items } = world.ledger.table;
    items.set(batch, { ...items.get(batch), enqueued: { BOOL: true } });

    await world.deliver([message(0), message(1)], overrides);

    expect(world.attempted).toEqual(['e0', 'e1']);
  });

  it('a message that says no round is of a version that knows none, and counts in any', async () => {
    const world = deliverWorld();
    const { batch, message } = await unmarked(world);
    await world.ledger.beginRound(batch, new Set());
    await world.ledger.markEnqueued({ id: batch, round: 1 });
    await world.ledger.record(batch, {
      delivered: new Set([1, 2, 3]),
      failed: new Map(),
      deadLettered: new Set([0]),
    });
    const {
      message: { round: _, ...redriven },
      ...record
    } = message(0);
    world.answer = () => FAILED;

    expect(await world.deliver([{ ...record, message: redriven }], overrides)).toEqual(['e0']);
    world.answer = () => undefined;
    await world.deliver([{ ...record, message: redriven }], overrides);

    expect(world.attempted).toEqual(['e0', 'e0']);
    expect(await world.pending(message(0))).toBeUndefined();
  });

  it('what was not sent anew keeps its message', async () => {
    const world = deliverWorld();
    const { batch, message } = await unmarked(world);
    await world.ledger.beginRound(batch, new Set([0]));
    await world.ledger.markEnqueued({ id: batch, round: 1 });

    await world.deliver([message(0), message(1)], overrides);

    expect(world.attempted).toEqual(['e0']);
  });

  it('another resource does not wait', async () => {
    const world = deliverWorld();
    const { message } = await unmarked(world);
    const other = { ...message(3, { after: 9 }), group: 'users/2' }; // 9 was delivered

    expect(await world.deliver([message(2), other], overrides)).toEqual(['e2']);
    expect(world.attempted).toEqual(['e3']);
  });

  it('an event whose retry window is over waits for nothing', async () => {
    const world = deliverWorld();
    const { message } = await unmarked(world);
    world.now += 13 * 24 * 3_600_000;

    await world.deliver([message(2)], overrides);

    expect(world.attempted).toEqual(['e2']);
  });
});

it('the one before it may be a dead letter', async () => {
  const world = deliverWorld();
  const { batch, message } = await unmarked(world);
  await world.ledger.record(batch, { delivered: new Set(), failed: new Map(), deadLettered: new Set([1]) });

  expect(await world.deliver([message(2)])).toEqual([]);
});
