import { describe, expect, it } from 'vitest';
import { type NextPoll, pollUntilDue } from '../../../lambdas/poller/poll-until-due.ts';

const T0 = 1_790_000_000_000;

/**
 * Runs one invocation of 65 s in virtual time. `poll` gets its number from 1, and may take time.
 */
async function invocation(
  everySeconds: number,
  poll: (count: number, clock: { now: number }) => NextPoll | Promise<NextPoll> = () => ({}),
) {
  const clock = { now: T0 };
  const at: number[] = [];
  const ended = await pollUntilDue({
    poll: async () => {
      at.push((clock.now - T0) / 1_000);
      clock.now += 200;
      return poll(at.length, clock);
    },
    everyMs: everySeconds * 1_000,
    now: () => clock.now,
    sleep: async (ms) => {
      clock.now += ms;
    },
    timeLeftMs: () => T0 + 62_000 - clock.now,
  }).catch((error: unknown) => error);
  return { at, ended, seconds: (clock.now - T0) / 1_000 };
}

describe('polls again until the next invocation is due', () => {
  it.each([
    [5, [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]],
    [20, [0, 20, 40]],
    [25, [0, 25]],
    [45, [0]],
  ])('every %i s', async (every, times) => {
    const { at, ended, seconds } = await invocation(every);

    expect(at).toEqual(times);
    expect(ended).toBeUndefined();
    expect(seconds).toBeLessThan(60);
  });

  it('once a minute is one poll, and one more for what was too young', async () => {
    expect((await invocation(60)).at).toEqual([0]);
    expect((await invocation(60, () => ({ settledInMs: 4_000 }))).at).toEqual([0, 4.25]);
    expect((await invocation(60, () => ({ settledInMs: 50_000 }))).at).toEqual([0]);
  });

  it('and goes on at the next turn after a poll that took longer', async () => {
    const { at } = await invocation(5, (count, clock) => {
      if (count === 2) clock.now += 12_000;
      return {};
    });

    expect(at.slice(0, 4)).toEqual([0, 5, 20, 25]);
  });

  it('and ends when the function has no time left', async () => {
    const { at } = await invocation(5, (count, clock) => {
      if (count === 1) clock.now += 53_000;
      return {};
    });

    expect(at).toEqual([0, 55]);
  });
});

describe('entries that are too young', () => {
  it('get one extra poll as soon as they are settled', async () => {
    const { at } = await invocation(5, (count) => (count === 2 ? { settledInMs: 1_500 } : {}));

    expect(at.slice(0, 4)).toEqual([0, 5, 6.75, 10]);
  });

  it('cost at most one extra poll each time, however many there are', async () => {
    const { at } = await invocation(5, () => ({ settledInMs: 1_000 }));

    expect(at.length).toBe(24);
  });

  it.each([
    [1, 2],
    [10, 2],
    [11, 1],
    [5_000, 1],
  ])(
    'after a poll of %i events: %i polls a minute, as a stream waits for the next one anyway',
    async (matched, polls) => {
      const { at } = await invocation(60, () => ({ matched, settledInMs: 4_000 }));

      expect(at.length).toBe(polls);
    },
  );

  it('get their extra poll when they come alone, after a poll that had nothing else', async () => {
    const { at } = await invocation(60, () => ({ matched: 0, settledInMs: 0 }));

    expect(at).toEqual([0, 0.25]);
  });

  it('get it in a stream, too, where the function is kept for the next poll anyway', async () => {
    const { at } = await invocation(20, () => ({ matched: 5_000, settledInMs: 4_000 }));

    expect(at).toEqual([0, 4.25, 20, 24.25, 40, 44.25]);
  });

  it('cost none when the next poll comes as soon', async () => {
    const { at } = await invocation(5, () => ({ settledInMs: 4_500 }));

    expect(at.length).toBe(12);
  });
});

describe('what goes wrong', () => {
  it('one poll’s failure ends nothing', async () => {
    const { at, ended } = await invocation(5, (count) => {
      if (count === 3) throw new Error('once');
      return {};
    });

    expect(at.length).toBe(12);
    expect(ended).toBeUndefined();
  });

  it('while all fail they come later each time, and the invocation fails', async () => {
    const { at, ended } = await invocation(5, () => {
      throw new Error('always');
    });

    expect(at.slice(0, 3)).toEqual([0, 5.2, 15.4]);
    expect(at.length).toBe(4);
    expect(ended).toEqual(new Error('always'));
  });

  it('a rate limit is waited for', async () => {
    const { at } = await invocation(5, (count, clock) =>
      count === 1 ? { retryAt: clock.now + 17_000 } : {},
    );

    expect(at.slice(0, 3)).toEqual([0, 17.2, 20]);
  });

  it('a rate limit that lasts longer is for the next invocation', async () => {
    const { at, ended } = await invocation(5, (_, clock) => ({ retryAt: clock.now + 60_000 }));

    expect(at).toEqual([0]);
    expect(ended).toBeUndefined();
  });
});
