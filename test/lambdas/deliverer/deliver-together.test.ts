import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../lambdas/deliverer/outcome.ts';
import { webhookIdOf } from '../../../lambdas/deliverer/webhook-id.ts';
import { deliverWorld, FAILED } from '../../support/deliver-world.ts';
import { functions } from '../../support/functions.ts';
import { logEvent, logIdAt } from '../../support/log-event.ts';
import { asRecord, received } from '../../support/messages.ts';
import { httpAnswer, rawServer } from '../../support/raw-server.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';

/** A world whose webhook takes one request for each invocation. */
function batchWorld(answer: () => Outcome = () => ({ kind: 'delivered', status: 200 })) {
  const world = deliverWorld();
  world.answer = answer;
  const { deliver } = world;
  world.deliver = (records, overrides = {}) => deliver(records, { sendAsBatch: true, ...overrides });
  return world;
}

describe('SEND_AS_BATCH', () => {
  it('sends the records of one invocation in one request, in order', async () => {
    const world = batchWorld();
    const records = await world.open('a', 3);

    expect(await world.deliver(records)).toEqual([]);

    expect(world.requests).toEqual([
      { webhookId: webhookIdOf(['a0', 'a1', 'a2']), events: ['a0', 'a1', 'a2'] },
    ]);
    expect(await world.pending(records[0])).toBeUndefined();
    expect(world.lines.map(({ webhookId }) => webhookId)).toEqual(
      Array(3).fill(world.requests[0]?.webhookId),
    );
  });

  it('returns all of them for one time when the request fails, and counts an attempt of each', async () => {
    const world = batchWorld(() => FAILED);
    const records = await world.open('a', 3, (ordinal) => `users/${ordinal % 2}`);

    expect(await world.deliver(records)).toEqual(['a0', 'a1', 'a2']);

    expect(new Set(world.postponed.values()).size).toBe(1);
    const batch = await world.ledger.readBatch(records[0]?.message.batch ?? '');

    expect([...(batch?.failures.values() ?? [])].map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  });

  it('tells of each the delay that it gets', async () => {
    const world = batchWorld(() => FAILED);
    const records = await world.open('a', 3);

    await world.deliver(records);

    expect(world.lines.map(({ attempt, delaySeconds }) => [attempt, delaySeconds])).toEqual(
      [...world.postponed.values()].map((delay) => [1, delay]),
    );
  });

  it('sends alone, the next time, what failed in company: neighbours of a refused event are delivered', async () => {
    const world = batchWorld();
    const records = await world.open('a', 4);
    world.answer = (events) => (events.includes('a2') ? FAILED : undefined);

    const first = await world.deliver(records);
    const second = await world.deliver(records);
    const third = await world.deliver(records);

    expect(first).toEqual(['a0', 'a1', 'a2', 'a3']);
    expect([second, third]).toEqual([['a2'], ['a2']]);
    expect(world.requests.map(({ events }) => events.join(' '))).toEqual([
      'a0 a1 a2 a3',
      'a0',
      'a1',
      'a2',
      'a3',
      'a2',
    ]);
    expect(world.requests.slice(1).map(({ webhookId }) => webhookId)).toEqual(['a0', 'a1', 'a2', 'a3', 'a2']);
    expect(await world.pending(records[0])).toEqual([2]);
  });

  it('lets nothing overtake an event of its resource that goes alone', async () => {
    const world = batchWorld();
    const records = await world.open('a', 5, (ordinal) => `users/${ordinal % 2}`);
    world.answer = (events) => (events.includes('a0') ? FAILED : undefined);
    await world.deliver(records.slice(0, 1));

    const returned = await world.deliver(records);

    expect(world.requests.map(({ events }) => events.join(' '))).toEqual(['a0', 'a1 a3', 'a0']);
    expect(returned).toEqual(['a0', 'a2', 'a4']);
    const delays = ['a0', 'a2', 'a4'].map((id) => world.postponed.get(id));

    expect(new Set(delays).size).toBe(1);
  });

  it('makes smaller requests after a 413, in the same invocation and from then on', async () => {
    const world = batchWorld();
    const requestLimit = { bytes: Number.POSITIVE_INFINITY };
    const records = await world.open('a', 8);
    world.answer = (events) => (events.split(' ').length > 3 ? { ...FAILED, status: 413 } : undefined);

    const returned = await world.deliver(records, { sendAsBatch: true, requestLimit });

    expect(returned).toEqual([]);
    expect(world.requests.map(({ events }) => events.length)).toEqual([8, 4, 2, 2, 2, 2]);
    expect(world.lines).toHaveLength(8);
    await world.deliver(await world.open('b', 4), { sendAsBatch: true, requestLimit });

    expect(world.requests.slice(6).map(({ events }) => events.length)).toEqual([2, 2]);
  });

  it('one event that is too large by itself is a failed attempt', async () => {
    const world = batchWorld(() => ({ ...FAILED, status: 413 }));
    const records = await world.open('a', 1);

    expect(await world.deliver(records)).toEqual(['a0']);

    expect(world.requests).toHaveLength(1);
  });

  it('leaves out what was delivered, and asks for nothing when everything was', async () => {
    const world = batchWorld();
    const records = await world.open('a', 2);
    const [first] = records;
    const only = new Set([0]);
    await world.ledger.record(first?.message.batch ?? '', {
      delivered: only,
      failed: new Map(),
      deadLettered: new Set(),
    });

    expect(await world.deliver(records)).toEqual([]);
    expect(await world.deliver(records)).toEqual([]);

    expect(world.requests.map(({ events }) => events)).toEqual([['a1']]);
  });

  it('sends an event once that SQS hands out twice', async () => {
    const world = batchWorld();
    const records = await world.open('a', 1);

    expect(await world.deliver([...records, ...records])).toEqual([]);

    expect(world.requests.map(({ events }) => events)).toEqual([['a0']]);
  });

  it('returns the second message of an event whose first became a dead letter', async () => {
    const world = batchWorld();
    const records = (await world.open('a', 1)).map((record) => ({ ...record, sentAt: 0 })); // its time is over
    const again = records.map((record) => ({ ...record, messageId: 'again' }));
    world.answer = () => FAILED;

    expect(await world.deliver([...records, ...again])).toEqual(['a0']);
    expect(world.deadLettered.map(({ logId }) => logId)).toEqual(['a0']);
    expect(world.requests).toHaveLength(1);
    expect(world.postponed.get('a0')).toBe(0);
  });

  it('derives the webhook id from those of the events', () => {
    expect(webhookIdOf(['a', 'b'])).toBe(webhookIdOf(['a', 'b']));
    expect(webhookIdOf(['a', 'b'])).not.toBe(webhookIdOf(['b', 'a']));
    expect(webhookIdOf(['a', 'b'])).not.toContain('.');
    expect(webhookIdOf(['a'])).toBe('a');
  });

  it('posts a signed JSON array through the real function', async () => {
    const receiver = await rawServer((socket) => socket.write(httpAnswer(200, '')));
    const { poller, deliverer, tenant, queues } = await functions({
      WEBHOOK_URL: `http://127.0.0.1:${receiver.port}/`,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
      SEND_AS_BATCH: 'true',
    });
    const ago = Date.now() - 60_000;
    tenant.append(
      [0, 1].map((sequence) => logEvent({ time: ago, sequence, path: `/api/v2/users/u${sequence}` })),
    );
    await poller.invoke({});
    const records = (await received(queues.client, queues.events.url)).map(asRecord);

    expect((await deliverer.invoke({ Records: records })).result).toEqual({ batchItemFailures: [] });

    const [request] = receiver.requests;
    const sent: unknown = JSON.parse(request?.body ?? '');

    expect(sent).toMatchObject([{ type: 'sapi' }, { type: 'sapi' }]);
    expect(JSON.stringify(sent)).toContain(logIdAt(ago, 1));
    expect(request?.head).toMatch(/webhook-id: batch-[0-9a-f]{64}\r/);
    expect(receiver.requests).toHaveLength(1);
  });
});
