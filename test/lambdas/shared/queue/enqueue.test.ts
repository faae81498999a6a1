import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BYTES_PER_CALL,
  type Entry,
  enqueue,
  SendRefusedError,
} from '../../../../lambdas/shared/queue/enqueue.ts';

interface Numbered extends Entry {
  readonly number: number;
}

const entries = (groups: readonly string[], bytes = 100): Numbered[] =>
  groups.map((group, number) => ({ group, bytes, number }));
const sleep = async () => {};

/** Sends all entries. `refuse` decides which of them a call refuses. */
async function sent(
  all: readonly Numbered[],
  refuse: (entry: Numbered, call: number) => boolean = () => false,
) {
  const calls: (readonly Numbered[])[] = [];
  const accepted: Numbered[] = [];
  await enqueue(
    all,
    async (call) => {
      calls.push(call);
      const refused = call.filter((entry) => refuse(entry, calls.length));
      accepted.push(...call.filter((entry) => !refused.includes(entry)));
      return refused;
    },
    sleep,
  );
  return { calls, accepted };
}

it('no call holds more than 10 entries, nor two of a group', async () => {
  const groups = Array.from({ length: 100 }, (_, index) => `g${index % 23}`);
  const { calls, accepted } = await sent(entries(groups));

  expect(accepted).toHaveLength(100);
  for (const call of calls) {
    expect(call.length).toBeLessThanOrEqual(10);
    expect(new Set(call.map(({ group }) => group)).size).toBe(call.length);
  }
});

it('no call is larger than 1 MiB', async () => {
  const large = entries(['a', 'b', 'c', 'd', 'e'], BYTES_PER_CALL / 2 - 1);
  const { calls } = await sent([...large, { group: 'f', bytes: BYTES_PER_CALL, number: 5 }]);
  const sizes = calls.map((call) => call.reduce((sum, { bytes }) => sum + bytes, 0));

  expect(Math.max(...sizes)).toBeLessThanOrEqual(BYTES_PER_CALL);
  expect(calls).toHaveLength(4);
});

it('an entry that is refused at first is sent again, before its successor', async () => {
  let refusals = 2;
  const { calls, accepted } = await sent(
    entries(['a', 'b', 'a']),
    ({ number }) => number === 0 && refusals-- > 0,
  );

  expect(calls.map((call) => call.map(({ number }) => number))).toEqual([[0, 1], [0], [0], [2]]);
  expect(accepted.map(({ number }) => number)).toEqual([1, 0, 2]);
});

it('an entry that is refused again and again ends it, and nothing of its group follows', async () => {
  const accepted: number[] = [];
  const all = entries(['a', 'b', 'a']);
  const send = async (call: readonly Numbered[]) => {
    accepted.push(...call.filter(({ group }) => group !== 'a').map(({ number }) => number));
    return call.filter(({ group }) => group === 'a');
  };

  await expect(enqueue(all, send, sleep)).rejects.toThrow(SendRefusedError);
  expect(accepted).toEqual([1]);
});

it('a call that fails ends it after the calls under way, and nothing of a later round is sent', async () => {
  const calls: (readonly Numbered[])[] = [];
  const send = async (call: readonly Numbered[]) => {
    calls.push(call);
    if (calls.length === 1) throw new Error('connection reset');
    return [];
  };
  const groups = Array.from({ length: 30 }, (_, index) => `g${index}`);

  await expect(enqueue(entries([...groups, 'g0']), send, sleep)).rejects.toThrow('connection reset');
  expect(calls.flat().some(({ number }) => number === 30)).toBe(false);
});

describe('order', () => {
  it('within a group it is kept whatever is refused', async () => {
    const group = fc.constantFrom('a', 'b', 'c', 'd');
    const refusals = fc.infiniteStream(fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(group, { maxLength: 60 }), refusals, async (groups, stream) => {
        const refusedOf = new Map<number, number>();
        const { accepted } = await sent(entries(groups), ({ number }) => {
          const refused = refusedOf.get(number) ?? 0;
          if (refused === 3 || !stream.next().value) return false;
          refusedOf.set(number, refused + 1);
          return true;
        });
        const byGroup = Map.groupBy(accepted, (entry) => entry.group);
        for (const own of byGroup.values()) {
          const numbers = own.map(({ number }) => number);
          expect(numbers).toEqual(numbers.toSorted((x, y) => x - y));
        }
        expect(accepted).toHaveLength(groups.length);
      }),
    );
  });
});
