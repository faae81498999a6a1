import { describe, expect, it, vi } from 'vitest';
import type { PollCompleted } from '../../../local/output/log-line.ts';
import { catchUp, pauseAfter, untilDelivered } from '../../../local/run/catch-up.ts';

const NOW = 1_000_000;
const OUTSTANDING = { pending: 0, deadLettered: 0, queued: 0, checkpoint: '', cursor: '' };

function completed(stoppedBy: PollCompleted['stoppedBy'], retryAtMs?: number): PollCompleted {
  const counts = { read: 1, matched: 1, pending: 0, durationMs: 1 };
  return { event: 'poll.completed', ...counts, stoppedBy, ...(retryAtMs === undefined ? {} : { retryAtMs }) };
}

describe('catchUp', () => {
  it('polls again until a poll has caught up', async () => {
    const ends = [
      completed('deadline'),
      completed('overtaken'),
      completed('rate-limit', NOW - 1),
      completed('caught-up'),
    ];
    const poll = vi.fn(async () => ends.shift());

    await catchUp(poll, new AbortController().signal, () => NOW);

    expect(poll).toHaveBeenCalledTimes(4);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const poll = vi.fn(async () => {
      stop.abort();
      return undefined;
    });

    await catchUp(poll, stop.signal);

    expect(poll).toHaveBeenCalledTimes(1);
  });
});

describe('pauseAfter', () => {
  it.each([
    ['a poll out of time', completed('deadline'), 0],
    ['an overtaken poll', completed('overtaken'), 0],
    ['entries that have to untilDelivered', completed('unsettled'), 1_000],
    ['a failed poll', undefined, 1_000],
    ['a rate limit, until it resets', completed('rate-limit', NOW + 4_200), 4_200],
    ['a rate limit without a time', completed('rate-limit'), 1_000],
  ])('after %s', (_, end, expected) => {
    expect(pauseAfter(end, NOW)).toBe(expected);
  });
});

describe('untilDelivered', () => {
  it('waits until nothing is pending, without polling while messages are queued', async () => {
    const standings = [
      { ...OUTSTANDING, pending: 2, queued: 2 },
      { ...OUTSTANDING, pending: 1, queued: 1 },
      { ...OUTSTANDING, deadLettered: 1 },
    ];
    const poll = vi.fn(async () => undefined);
    const outstanding = async () => standings.shift() ?? OUTSTANDING;

    await untilDelivered({ poll, outstanding, pollSeconds: 0, signal: new AbortController().signal });

    expect([poll.mock.calls.length, standings.length]).toEqual([0, 0]);
  });

  it('polls again for events that are pending without a message', async () => {
    let isRepaired = false;
    const poll = vi.fn(async () => {
      isRepaired = true;
      return undefined;
    });

    await untilDelivered({
      poll,
      outstanding: async () => ({ ...OUTSTANDING, pending: isRepaired ? 0 : 1 }),
      pollSeconds: 0,
      signal: new AbortController().signal,
    });

    expect(poll).toHaveBeenCalledTimes(1);
  });
});
