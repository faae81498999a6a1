import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../local/output/log-line.ts';
import { printable } from '../../../local/output/printer.ts';
import { createVerbose } from '../../../local/output/verbose.ts';
import { createJournal } from '../../../local/run/journal.ts';
import { userMistake } from '../../../local/run/user-mistake.ts';

function journalOf(lines: readonly object[]) {
  const said: string[] = [];
  const acted: LogLine[] = [];
  const printer = { say: (line: string) => void said.push(line), error: () => {}, result: () => {} };
  const journal = createJournal(createVerbose(printer), (line) => acted.push(line));
  const context = { level: 'info', time: '2026-11-23T14:00:00.000Z', webhook: 'hook', requestId: 'r' };
  for (const line of lines) journal.lineOf('hook-poller')(JSON.stringify({ ...context, ...line }), 'stdout');
  return { journal, said, acted };
}

const POLL = {
  event: 'poll.completed',
  read: 100,
  matched: 37,
  pages: 1,
  stoppedBy: 'caught-up',
  pending: 5,
  durationMs: 12,
};
const ATTEMPT = {
  event: 'delivery.attempted',
  logId: '900',
  webhookId: '900',
  resource: 'users/a',
  attempt: 1,
  outcome: 'delivered',
  status: 204,
  durationMs: 9,
};

describe('createJournal', () => {
  it('counts what was read, matched, attempted and delivered', () => {
    const retry = { ...ATTEMPT, outcome: 'retry', status: 500, reason: 'status', retryDelaySeconds: 5.2 };
    const { journal } = journalOf([POLL, POLL, ATTEMPT, retry]);

    expect(journal.tally).toEqual({ read: 200, matched: 74, attempts: 2, delivered: 1 });
  });

  it('counts what a failed poll had read before it failed', () => {
    const { journal } = journalOf([
      { event: 'poll.failed', reason: 'auth0.unavailable', message: 'x', read: 7, matched: 2 },
    ]);

    expect(journal.tally).toMatchObject({ read: 7, matched: 2 });
  });

  it('prints one line per poll that found something and per outcome', () => {
    const { said } = journalOf([
      POLL,
      { ...POLL, read: 0 },
      ATTEMPT,
      { ...ATTEMPT, outcome: 'retry', status: 500, reason: 'status', retryDelaySeconds: 5.2 },
      { ...ATTEMPT, outcome: 'dead-lettered', status: undefined, reason: 'timeout-response' },
    ]);

    expect(said).toEqual([
      'poll: 100 read, 37 matched, 5 pending (12 ms)',
      'delivered: users/a 900 (attempt 1, 204, 9 ms)',
      'retry: users/a 900 (attempt 1, 500, 9 ms, again in 5 s)',
      'dead-lettered: users/a 900 (attempt 1, timeout-response, 9 ms)',
    ]);
  });

  it('prints other warnings and errors by their plain fields, and no other information', () => {
    const { said } = journalOf([
      {
        event: 'ledger.failed',
        level: 'error',
        batch: 'batch#1',
        error: 'TimeoutError',
        _aws: { Timestamp: 1 },
      },
      { event: 'something.ordinary' },
    ]);

    expect(said).toEqual(['ledger.failed: batch=batch#1 error=TimeoutError']);
  });

  it('prints what is no log line of ours with the name of its function', () => {
    const { journal, said } = journalOf([]);

    journal.lineOf('hook-poller')('(node:7) Warning: old', 'stderr');

    expect(said).toEqual(['hook-poller stderr: (node:7) Warning: old']);
  });
});

describe('userMistake', () => {
  it('is what Auth0 refuses for good, in the words of the poller', () => {
    const message = 'Auth0 refused: check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET';
    const { acted } = journalOf([{ event: 'poll.failed', reason: 'auth0.credentials', message }]);

    expect(acted.map((line) => userMistake(line, true)?.message)).toEqual([`${message}.`]);
  });

  it('is a fault of the settings, with its keys', () => {
    const faults = [{ key: 'WEBHOOK_URL', expected: 'an https URL' }];
    const { acted } = journalOf([
      { event: 'settings.invalid', level: 'error', secret: 'hook/webhook', faults },
    ]);

    expect(acted.map((line) => userMistake(line, true)?.message)[0]).toContain('WEBHOOK_URL: an https URL');
  });

  it("ends a run that would go on for ever only when the state is another tenant's", () => {
    const reasons = ['auth0.credentials', 'auth0.tenant'];
    const { acted } = journalOf(reasons.map((reason) => ({ event: 'poll.failed', reason, message: 'No' })));

    const mistakes = acted.map((line) => userMistake(line, false)?.message);

    expect(mistakes[0]).toBeUndefined();
    expect(mistakes[1]).toMatch(/AUTH0_DOMAIN.*--data.*--fresh/);
  });

  it('is not an outage of Auth0, which ends by itself', () => {
    const { acted } = journalOf([
      { event: 'poll.failed', reason: 'auth0.unavailable', message: '503' },
      POLL,
    ]);

    expect(acted.map((line) => userMistake(line, true))).toEqual([undefined, undefined]);
  });
});

describe('printable', () => {
  it('lets no name steer the terminal', () => {
    expect(printable('users/\u001b[2J\u0007\u202e\rx')).toBe('users/\ufffd[2J\ufffd\ufffd\ufffdx');
  });
});
