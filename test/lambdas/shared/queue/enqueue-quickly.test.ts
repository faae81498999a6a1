import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYTES_PER_CALL, type Entry, SendRefusedError } from '../../../../lambdas/shared/queue/enqueue.ts';
import { enqueueQuickly } from '../../../../lambdas/shared/queue/enqueue-quickly.ts';

interface Numbered extends Entry {
  readonly number: number;
}

const entries = (groups: readonly string[], bytes = 100): Numbered[] =>
  groups.map((group, number) => ({ group, bytes, number }));
const sleep = async () => {};
const lost = () => Object.assign(new Error('timed out'), { name: 'TimeoutError' });

/** Sends all entries. `refuse` decides which of them a call refuses, or that its answer is lost. */
async function sent(
  all: readonly Numbered[],
  refuse: (entry: Numbered, call: number) => boolean | 'lost' = () => false,
) {
  const calls: { readonly numbers: readonly number[]; readonly isOnce: boolean }[] = [];
  const accepted: Numbered[] = [];
  const make = (isOnce: boolean) => async (call: readonly Numbered[]) => {
    calls.push({ numbers: call.map(({ number }) => number), isOnce });
    const verdicts = new Map(call.map((entry) => [entry, refuse(entry, calls.length)]));
    if ([...verdicts.values()].includes('lost')) throw lost();
    const refused = call.filter((entry) => verdicts.get(entry));
    accepted.push(...call.filter((entry) => !refused.includes(entry)));
    return refused;
  };
  const doubt = await enqueueQuickly(all, { send: make(false), sendOnce: make(true), sleep });
  return { calls, accepted, doubt };
}

function isSorted(accepted: readonly Numbered[]): boolean {
  return [...Map.groupBy(accepted, ({ group }) => group).values()].every((own) =>
    own.every(({ number }, at) => number > (own[at - 1]?.number ?? -1)),
  );
}

it('ten of one group go in one call, one call after the other', async () => {
  const { calls, doubt } = await sent(entries(Array(25).fill('all')));

  expect(doubt).toBeUndefined();
  expect(calls.map(({ numbers }) => numbers.length)).toEqual([10, 10, 5]);
  expect(calls.flatMap(({ numbers }) => numbers)).toEqual([...Array(25).keys()]);
});

it('a call with two of a group is one request; another one may be repeated', async () => {
  const groups = [...Array.from({ length: 10 }, (_, index) => `g${index}`), 'x', 'y', 'x'];
  const { calls } = await sent(entries(groups));

  expect(calls.map(({ isOnce }) => isOnce)).toEqual([false, true]);
});

it('a group that does not fit waits for the next call, a smaller entry of it too', async () => {
  const half = BYTES_PER_CALL / 2;
  const all = [half, half, 100].map((bytes, number) => ({ group: 'a', bytes, number }));
  const { calls } = await sent([...all, { group: 'b', bytes: BYTES_PER_CALL, number: 3 }]);

  expect(calls.map(({ numbers }) => numbers)).toEqual([[0, 1], [3], [2]]);
});

it('refused entries with none of their group behind them are sent again', async () => {
  const { calls, doubt } = await sent(
    entries(['a', 'b', 'a', 'a']),
    ({ number }, call) => call === 1 && (number === 1 || number >= 2),
  );

  expect(doubt).toBeUndefined();
  expect(calls.map(({ numbers }) => numbers)).toEqual([
    [0, 1, 2, 3],
    [1, 2, 3],
  ]);
});

it('an entry that was overtaken ends it, and nothing more is sent', async () => {
  const all = entries(Array(30).fill('all'));
  const { calls, doubt } = await sent(all, ({ number }) => number === 3);

  expect(doubt).toBe('overtaken');
  expect(calls).toHaveLength(1);
});

it('so does a call whose answer was lost', async () => {
  const { calls, doubt } = await sent(entries(Array(30).fill('all')), () => 'lost');

  expect(doubt).toBe('TimeoutError');
  expect(calls).toHaveLength(1);
});

it('a call that is refused as a whole again and again fails', async () => {
  await expect(sent(entries(['a', 'a']), () => true)).rejects.toThrow(SendRefusedError);
});

it('a throttled call took nothing and is made again; one that is refused for good is thrown', async () => {
  const errors = ['RequestThrottled', 'AccessDenied'].map((name) =>
    Object.assign(new Error(), { name, $metadata: { httpStatusCode: 400 } }),
  );
  const calls: number[] = [];
  const sendOnce = async (call: readonly Entry[]) => {
    calls.push(call.length);
    const error = errors.shift();
    if (error) throw error;
    return [];
  };
  const all = entries(['a', 'a']);

  await expect(enqueueQuickly(all, { send: sendOnce, sendOnce, sleep })).rejects.toThrow(
    expect.objectContaining({ name: 'AccessDenied' }),
  );
  expect(calls).toEqual([2, 2]);
  expect(await enqueueQuickly(all, { send: sendOnce, sendOnce, sleep })).toBeUndefined();
});

describe('whatever is refused', () => {
  it('all of a group is in order, or it says that it may not be', async () => {
    const group = fc.constantFrom('a', 'b', 'c', 'd');
    const refusals = fc.infiniteStream(fc.constantFrom(false, false, false, true, 'lost' as const));
    const bytes = fc.constantFrom(100, BYTES_PER_CALL / 3);
    const entry = fc.record({ group, bytes });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 60 }), refusals, async (drawn, stream) => {
        const all = drawn.map((each, number) => ({ ...each, number }));
        const refused = new Map<number, number>();
        const { calls, accepted, doubt } = await sent(all, ({ number }) => {
          const times = refused.get(number) ?? 0;
          const verdict = times === 3 ? false : stream.next().value;
          if (verdict === true) refused.set(number, times + 1);
          return verdict ?? false;
        }).catch(() => ({ calls: [], accepted: [], doubt: 'lost' })); // a lost answer of a repeatable call

        expect(calls.every(({ numbers }) => numbers.length <= 10)).toBe(true);
        if (doubt === undefined) {
          expect(isSorted(accepted)).toBe(true);
          expect(accepted).toHaveLength(all.length);
        }
      }),
    );
  });
});
