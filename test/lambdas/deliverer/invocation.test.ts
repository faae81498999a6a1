import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { type InvocationDeps, runInvocation } from '../../../lambdas/deliverer/invocation.ts';
import type { DeliveryRecord } from '../../../lambdas/deliverer/records.ts';
import { toAttributes } from '../../../lambdas/shared/queue/webhook-message.ts';
import { deliverWorld, FAILED } from '../../support/deliver-world.ts';
import { webhookSettings } from '../../support/settings.ts';
import { sqsRecord } from '../../support/sqs-record.ts';

/** One invocation and everything that it touches, in memory. */
function invocationWorld() {
  const world = deliverWorld();
  const removed: string[] = [];
  const begin = world.now;
  const deps: InvocationDeps = {
    ...world.deps(),
    now: () => world.now,
    remainingMs: () => 85_000 - (world.now - begin),
    settings: async () => ({ settings: webhookSettings() }),
    pauses: { read: async () => ({}) },
    secretId: 'secret',
    webhook: 'simulated',
    caller: () => ({
      client: { attempt: async (id) => (await world.answer(id)) ?? { kind: 'delivered', status: 200 } },
      requestLimit: { bytes: Number.POSITIVE_INFINITY },
    }),
    endpoints: world.endpoints,
    queue: {
      ...world.deps().queue,
      deadLetterForeign: async () => {},
      async remove(receipts) {
        removed.push(...receipts);
      },
    },
  };
  return { world, removed, deps };
}

function recordOf({ message, ...record }: DeliveryRecord): SQSRecord {
  return sqsRecord({ ...record, body: message.body, attributes: toAttributes(message) });
}

const throttled = async (): Promise<never> => {
  const error = new Error('slow down');
  error.name = 'ProvisionedThroughputExceededException';
  throw error;
};
const event = (records: readonly DeliveryRecord[]) => ({ Records: records.map(recordOf) });

describe('an invocation that could not start', () => {
  it('fails, so that an alarm tells of it, after every record got a time of its own', async () => {
    const { world, deps } = invocationWorld();
    const records = await world.open('a', 10);
    const old = records.map((record, n) => ({ ...record, receiveCount: n === 0 ? 500 : 1 }));

    const ended = runInvocation(event(old), { ...deps, settings: throttled });

    await expect(ended).rejects.toThrow('nothing was attempted');
    expect(world.attempted).toEqual([]);
    expect(world.postponed.get('a0')).toBe(900);
    expect([...world.postponed.values()].slice(1)).toEqual(Array(9).fill(3)); // one old record delays no other
  });

  it('because settings are faulty does not fail: a metric of its own tells that', async () => {
    const { world, deps } = invocationWorld();
    const records = await world.open('a', 2);
    const settings = async () => ({ faults: [], missing: false });

    const { batchItemFailures } = await runInvocation(event(records), { ...deps, settings });

    expect(batchItemFailures).toHaveLength(2);
    expect(world.postponed.size).toBe(2);
  });
});

describe('an outcome that cannot be recorded', () => {
  it('fails the invocation, which first deletes what is done', async () => {
    const { world, removed, deps } = invocationWorld();
    const recorded = await world.open('a', 2);
    const lost = await world.open('b', 2);
    const { ledger } = deps;
    const record: typeof ledger.record = (id, outcomes) =>
      id === lost[0]?.message.batch ? throttled() : ledger.record(id, outcomes);

    const ended = runInvocation(event([...recorded, ...lost]), { ...deps, ledger: { ...ledger, record } });

    await expect(ended).rejects.toThrow('could not be written');
    expect(removed).toEqual(['r-a0', 'r-a1']);
    expect([...world.postponed.keys()].toSorted()).toEqual(['b0', 'b1']);
  });

  it('is waited for while the table is throttled, for as long as the function may run', async () => {
    const { world, deps } = invocationWorld();
    const begin = world.now;
    const records = await world.open('a', 2);
    let calls = 0;
    const record: typeof deps.ledger.record = (id, outcomes) =>
      ++calls <= 5 ? throttled() : deps.ledger.record(id, outcomes);

    const result = await runInvocation(event(records), { ...deps, ledger: { ...deps.ledger, record } });

    expect(result).toEqual({ batchItemFailures: [] });
    expect(world.now - begin).toBeGreaterThan(2_000);
    expect(world.told.events()).not.toContain('ledger.failed');
  });

  it('leaves time to give the records back', async () => {
    const { world, deps } = invocationWorld();
    const begin = world.now;
    const records = await world.open('a', 1);
    const ledger = { ...deps.ledger, record: throttled };

    await expect(runInvocation(event(records), { ...deps, ledger })).rejects.toThrow();

    expect(world.now - begin).toBeLessThanOrEqual(81_000);
    expect(world.postponed.has('a0')).toBe(true);
  });
});

describe('a table that takes 1,000 writes a second', () => {
  it('slows a hundred fast calls down and records every outcome', async () => {
    const { world, deps } = invocationWorld();
    let tokens = 1_000;
    let at = world.now;
    const sleep = async (ms: number) => {
      world.now += ms;
    };
    const record: typeof deps.ledger.record = (id, outcomes) => {
      tokens = Math.min(1_000, tokens + world.now - at); // a unit a millisecond
      at = world.now;
      const size = Math.ceil((200 + outcomes.failed.size * 40) / 1_024) + 4; // an item of 5 kB
      if (tokens < size) return throttled();
      tokens -= size;
      return deps.ledger.record(id, outcomes);
    };
    const store = { ...deps, sleep, remainingMs: () => 85_000, ledger: { ...deps.ledger, record } };
    world.answer = (id) => (Number(id.slice(1)) % 2 === 0 ? FAILED : undefined);

    for (let n = 0; n < 300; n++) {
      const records = await world.open('a', 10);
      const { batchItemFailures } = await runInvocation(event(records), store);
      expect(batchItemFailures).toHaveLength(5);
    }

    expect(world.told.events().filter((told) => told === 'ledger.failed')).toEqual([]);
  });
});

describe('what is no SQS event', () => {
  it.each([{}, { key1: 'value1' }, undefined])(
    '%j gets an answer that says what is expected',
    async (odd) => {
      const { deps } = invocationWorld();
      const invoked = runInvocation(odd as unknown as { Records: SQSRecord[] }, deps);

      await expect(invoked).rejects.toThrow('expects an SQS event');
    },
  );
});

describe('test events', () => {
  it('of one place are as many requests as there are ids', async () => {
    const { world, deps } = invocationWorld();
    const asked: string[] = [];
    world.answer = (id) => {
      asked.push(id);
      return undefined;
    };
    const [record] = await world.open('a', 1);
    if (!record) throw new Error('no record');
    const tests = ['test-1', 'test-2', 'test-3'].map((logId) => ({
      ...record,
      messageId: logId,
      group: 'test',
      message: { ...record.message, ledger: 'test', batch: 'test', ordinal: 0, logId },
    }));

    await runInvocation(event(tests), deps);

    expect(asked).toEqual(['test-1', 'test-2', 'test-3']);
  });
});
