import { describe, expect, it } from 'vitest';
import { createCalm } from '../../../local/output/calm.ts';
import { parseLine } from '../../../local/output/log-line.ts';

const LINE = { level: 'info', time: '2026-11-25T09:00:00.000Z', webhook: 'hook', requestId: 'r' };
const POLL = {
  event: 'poll.completed',
  read: 0,
  matched: 0,
  pages: 1,
  stoppedBy: 'caught-up',
  durationMs: 12,
};
const DELIVERED = {
  event: 'delivery.attempted',
  logId: '900',
  resource: 'users/auth0|1',
  attempt: 1,
  outcome: 'delivered',
  status: 204,
  durationMs: 9,
};
const FAILED = {
  ...DELIVERED,
  level: 'warn',
  attempt: 2,
  outcome: 'retry',
  status: 500,
  reason: 'status',
  excerpt: 'database is down',
  retryDelaySeconds: 5.2,
};

/** What a person sees of these lines. They come one after the other, so many seconds apart. */
function seen(lines: readonly object[], secondsApart = 0) {
  const said: string[] = [];
  let now = 0;
  const narrate = createCalm({
    printer: { say: (line) => void said.push(line) },
    wordsOf: () => 'user deleted',
    now: () => now,
    afterBacklog: () => said.push('the page'),
    onUnauthorised: () => said.push('the secret'),
  });
  for (const line of lines) {
    narrate(parseLine(JSON.stringify({ ...LINE, ...line })), 'hook-deliverer', 'stdout');
    now += secondsApart * 1_000;
  }
  return said;
}

describe('the terminal of a local run', () => {
  it('has one line an event, and none for polls', () => {
    const said = seen([{ ...POLL, read: 40 }, { ...POLL, read: 3, matched: 1 }, DELIVERED, POLL]);

    expect(said).toEqual(['✓ user deleted               auth0|1                         204  9 ms']);
  });

  it('tells a backlog by one line before and one after, then the page again', () => {
    const said = seen([
      { ...POLL, read: 300, matched: 143 },
      ...Array.from({ length: 143 }, () => DELIVERED),
      DELIVERED,
    ]);

    expect(said).toEqual([
      '300 log events read, 143 match: 143 events are being delivered …',
      '✓ 143 events delivered in 1 s',
      'the page',
      expect.stringMatching(/^✓ user deleted/),
    ]);
  });

  it('does not wait for what fails before it calls a backlog done', () => {
    const poison = { ...FAILED, logId: '666' };
    const lines = [
      { ...POLL, read: 30, matched: 30 },
      poison,
      ...Array.from({ length: 29 }, (_, index) => ({ ...DELIVERED, logId: `${index}` })),
      { ...DELIVERED, logId: 'next' },
    ];

    const said = seen(lines);

    expect(said.slice(2)).toEqual([
      '✓ 29 of 30 events delivered in 1 s; 1 failed and are tried again',
      'the page',
      expect.stringMatching(/^✓ user deleted/),
    ]);
  });

  it('tells now and then how far a long backlog is', () => {
    const said = seen([{ ...POLL, matched: 21 }, ...Array.from({ length: 21 }, () => DELIVERED)], 2);

    expect(said.filter((line) => line.startsWith('…'))).toEqual([
      '… 3 of 21 delivered',
      '… 6 of 21 delivered',
      '… 9 of 21 delivered',
      '… 12 of 21 delivered',
      '… 15 of 21 delivered',
      '… 18 of 21 delivered',
      '… 21 of 21 delivered',
    ]);
  });

  it('says of a failure what was answered, and when the next try is', () => {
    expect(seen([FAILED])).toEqual([
      '✗ user deleted               auth0|1                         500  9 ms  attempt 2  “database is down”  next try in 5 s',
    ]);
  });

  it('says of a dead letter where it is now', () => {
    const given = { ...FAILED, outcome: 'dead-lettered', status: undefined, reason: 'timeout-response' };

    expect(seen([given])[0]).toMatch(/timeout-response {2}9 ms .* moved to the dead-letter queue$/);
  });

  it('counts failures that are like the last ones', () => {
    const said = seen(
      Array.from({ length: 40 }, () => FAILED),
      1,
    );

    expect(said).toHaveLength(11);
    expect(said[5]).toBe('… 26 more failed like these');
  });

  it('tells a poll that goes on failing once, and its end', () => {
    const failed = { event: 'poll.failed', reason: 'auth0.unavailable', message: 'Auth0 answered 503' };

    const said = seen([failed, failed, failed, POLL, POLL]);

    expect(said).toEqual(['! poll failed: Auth0 answered 503 (auth0.unavailable)', 'polls work again']);
  });

  it('says once where the signing secret is when the webhook refuses it', () => {
    const refused = { ...FAILED, status: 401 };

    expect(seen([refused, refused]).filter((line) => line === 'the secret')).toHaveLength(1);
  });
});
