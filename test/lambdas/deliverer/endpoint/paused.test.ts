import { describe, expect, it } from 'vitest';
import { wellItem } from '../../../../lambdas/deliverer/endpoint/item.ts';
import type { EndpointStore } from '../../../../lambdas/deliverer/endpoint/store.ts';
import { deliverWorld, FAILED } from '../../../support/deliver-world.ts';

const ONE_DAY = { retryWindowSeconds: 86_400 };
const broken = (): Promise<never> => Promise.reject(new Error('throttled'));
const BROKEN_STORES: readonly (readonly [string, Partial<EndpointStore>])[] = [
  ['written', { write: broken }],
  ['read again after another has written it', { write: async () => undefined, read: broken }],
];
/** One request after the other. */
const SINGLY = { sideBySide: 1 };

/** A world whose endpoint was found dead, as every event of the first batch failed once. */
async function deadWorld() {
  const world = deliverWorld();
  world.answer = () => FAILED;
  const failed = await world.open('a', 12);
  await world.deliver(failed);
  world.requests.length = 0;
  return { world, failed };
}

describe('an endpoint at which everything fails', () => {
  it('is paused after ten requests, and said to be so once', async () => {
    const world = deliverWorld();
    world.answer = () => FAILED;
    const records = await world.open('a', 100);

    for (let n = 0; n < 100; n += 10) await world.deliver(records.slice(n, n + 10), SINGLY);

    expect(world.requests).toHaveLength(11); // ten, and a probe of what was never attempted
    expect(world.told.events()).toEqual(['endpoint.paused']);
    expect(world.told.lines[0]?.fields).toMatchObject({ reason: 'status', failures: 10, resources: 3 });
  });

  it('gets a probe of each lane a minute, whatever waits', async () => {
    const { world, failed } = await deadWorld();
    const waiting = await world.open('b', 50);
    world.now += 3_600_000;

    for (let second = 0; second < 600; second += 5) {
      world.now += 5_000;
      for (let n = 0; n < 50; n += 10) await world.deliver(waiting.slice(n, n + 10), ONE_DAY);
      await world.deliver(failed, ONE_DAY);
    }

    expect(world.requests.length).toBeGreaterThan(16);
    expect(world.requests.length).toBeLessThanOrEqual(22);
  });

  it('goes on at once when a probe succeeds, and says since when, why, and after how many', async () => {
    const { world } = await deadWorld();
    const waiting = await world.open('b', 20);
    world.now += 120_000;
    await world.deliver(waiting.slice(0, 10));
    world.answer = () => undefined;
    world.now += 60_000;

    const returned = await world.deliver(waiting, SINGLY);

    expect(returned).toEqual([]);
    expect(world.told.events().at(-1)).toBe('endpoint.resumed');
    expect(world.told.lines.at(-1)?.fields).toMatchObject({ seconds: 180, reason: 'status', probes: 3 });
  });

  it('gets no request when the claim of a probe took until the deadline', async () => {
    const { world } = await deadWorld();
    const waiting = await world.open('b', 3);
    world.now += 120_000;
    const latest = world.now + 20_000;
    const { write } = world.endpoints;
    world.endpoints.write = async (item, read) => {
      world.now += 30_000;
      return await write(item, read);
    };

    const returned = await world.deliver(waiting, { ...SINGLY, leftToStartMs: () => latest - world.now });

    expect(world.requests).toEqual([]);
    expect(returned).toEqual(['b0', 'b1', 'b2']);
  });

  it('lets a poison event take no more than its own lane', async () => {
    const { world, failed } = await deadWorld();
    world.now += 60_000;
    world.answer = (id) => (id.startsWith('a') ? FAILED : undefined);
    await world.deliver(failed.slice(0, 5)); // the retry lane's probe

    const returned = await world.deliver(await world.open('b', 10), SINGLY);

    expect(returned).toEqual([]);
  });

  it('probes what was attempted least, so that one poison event cannot be the probe each time', async () => {
    const { world, failed } = await deadWorld();
    world.answer = (id) => (id === 'a0' ? FAILED : undefined);
    world.now += 60_000;
    await world.deliver(failed.slice(0, 1)); // the poison event
    world.now += 60_000;

    const returned = await world.deliver(failed, SINGLY);

    expect(returned).toEqual(['a0']);
  });

  it('is another one after WEBHOOK_URL has changed: nothing is held, and the pause is over', async () => {
    const { world } = await deadWorld();
    world.answer = () => undefined;
    const endpoint = { id: 'endpoint-2', store: world.endpoints };

    const returned = await world.deliver(await world.open('b', 5), { endpoint });

    expect(returned).toEqual([]);
    expect(world.told.events().at(-1)).toBe('endpoint.resumed');
    expect(world.endpoints.item()).toEqual(wellItem('endpoint-2'));
  });

  it('holds the records of a group for one time', async () => {
    const { world } = await deadWorld();
    world.endpoints.stored = { ...world.endpoints.item(), fresh: world.now };
    const records = await world.open('b', 3, () => 'users/1');

    await world.deliver(records.map((record, n) => ({ ...record, receiveCount: 9 - n })));

    expect(['b0', 'b1', 'b2'].map((id) => world.postponed.get(id))).toEqual([27, 27, 27]);
  });

  it('with SEND_AS_BATCH is probed with one event, and gets the rest in company once it answers', async () => {
    const { world } = await deadWorld();
    const waiting = await world.open('b', 5);
    world.now += 60_000;
    await world.deliver(waiting, { sendAsBatch: true });
    world.answer = () => undefined;
    world.now += 60_000;

    await world.deliver(waiting, { sendAsBatch: true });

    expect(world.requests.map(({ events }) => events.join(' '))).toEqual(['b0', 'b1', 'b2 b3 b4', 'b0']);
  });
});

describe('while all is well', () => {
  it('the item is read once an invocation and never written', async () => {
    const world = deliverWorld();

    await world.deliver(await world.open('a', 10));

    expect([world.endpoints.reads, world.endpoints.writes]).toEqual([1, 0]);
  });

  it.each(BROKEN_STORES)('an item that cannot be %s holds nothing', async (_, calls) => {
    const world = deliverWorld();
    world.answer = () => FAILED;
    const records = await world.open('a', 30);
    const store = { ...world.endpoints, ...calls };

    for (let n = 0; n < 30; n += 10)
      await world.deliver(records.slice(n, n + 10), { endpoint: { id: 'endpoint-1', store } });

    expect(world.requests).toHaveLength(30);
    expect(world.told.events()).toEqual(Array(3).fill('endpoint.unknown'));
  });
});

describe('a receiver with a limit', () => {
  it('is waited for within an invocation, and nothing is sent before its Retry-After', async () => {
    const world = deliverWorld();
    const begin = world.now;
    const at: number[] = [];
    world.answer = () => {
      at.push(world.now - begin);
      return at.length === 3
        ? { kind: 'retry', reason: 'rate-limited', status: 429, retryAfterSeconds: 10 }
        : undefined;
    };

    const returned = await world.deliver(await world.open('a', 5), { sideBySide: 1 });

    expect(returned).toEqual(['a2']);
    expect(at.slice(0, 3)).toEqual([0, 0, 0]);
    expect(at.slice(3).every((ms) => ms >= 10_000)).toBe(true);
  });

  it('gets WEBHOOK_MAX_PER_SECOND evenly over all invocations', async () => {
    const world = deliverWorld();
    const begin = world.now;
    const at: number[] = [];
    world.answer = () => {
      at.push(world.now - begin);
      return undefined;
    };
    const records = await world.open('a', 8);

    await world.deliver(records.slice(0, 4), { mostPerSecond: 2, sideBySide: 1 });
    world.now = begin;
    await world.deliver(records.slice(4), { mostPerSecond: 2, sideBySide: 1 });

    expect(at.toSorted((a, b) => a - b)).toEqual([0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500]);
  });

  it('gets no more than WEBHOOK_MAX_PER_SECOND though the shared item cannot be written', async () => {
    const world = deliverWorld();
    const begin = world.now;
    const write = async () => {
      throw new Error('throttled');
    };
    const endpoint = { id: 'endpoint-1', store: { ...world.endpoints, write } };

    await world.deliver(await world.open('a', 4), { mostPerSecond: 2, sideBySide: 1, endpoint });

    expect(world.now - begin).toBe(4 * 2_000); // each of four calls has a fourth of two a second
  });
});
