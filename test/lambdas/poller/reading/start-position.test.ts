import { describe, expect, it } from 'vitest';
import { startPosition } from '../../../../lambdas/poller/reading/start-position.ts';
import type { StartFrom } from '../../../../lambdas/shared/settings/start-from.ts';
import { fakeLog } from '../../../support/fake-log.ts';
import { logEvent, logIdAt, T0 } from '../../../support/log-event.ts';

const NOW = T0 + 60_000;
const of = (startFrom: StartFrom, entries: readonly unknown[] = []) =>
  startPosition(
    startFrom,
    fakeLog(entries, () => NOW),
  );
const at = (time: string): StartFrom => ({ kind: 'time', time: Date.parse(time) });

describe.each(['900', '800'])('on a tenant whose ids begin with %s', (prefix) => {
  const entries = [0, 1, 2].map((sequence) => logEvent({ time: T0 + sequence * 1_000, sequence, prefix }));

  it('an ISO time is the position just before everything of that time', async () => {
    const position = await of(at('2026-11-23T09:00:01Z'), entries);

    expect(position).toBe(`${prefix}20261123090001000${'0'.repeat(36)}`);
    expect(position > String(entries[0]?.log_id) && position < String(entries[1]?.log_id)).toBe(true);
  });

  it('`earliest` lies before everything', async () => {
    const position = await of({ kind: 'earliest' }, entries);

    expect(position).toHaveLength(56);
    expect(position.startsWith(prefix)).toBe(true);
    expect(position < String(entries[0]?.log_id)).toBe(true);
  });

  it('a log_id is taken as it is, in or out of the log', async () => {
    const logId = logIdAt(T0 - 5_000, 0, prefix);

    expect(await of({ kind: 'log_id', logId }, entries)).toBe(logId);
  });
});

it('`latest` is the highest id, which is not that of the newest date', async () => {
  const late = logEvent({ time: T0 + 5_000, fields: { date: new Date(T0 - 600_000).toISOString() } });
  const newest = logEvent({ time: T0 + 4_000, fields: { date: new Date(T0 + 4_500).toISOString() } });
  const log = fakeLog([late, newest], () => NOW);

  expect(await startPosition({ kind: 'latest' }, log)).toBe(late.log_id);
});

it('`earliest` is before an entry that was ingested early but is dated late, beyond the first hundred', async () => {
  const byDate = Array.from({ length: 120 }, (_, i) => logEvent({ time: T0 + i * 1_000, sequence: i }));
  const early = logEvent({ time: T0 - 120_000, fields: { date: new Date(T0 + 3_600_000).toISOString() } });
  const position = await of({ kind: 'earliest' }, [...byDate, early]);

  expect(position < String(early.log_id)).toBe(true);
});

it.each([{ kind: 'latest' }, { kind: 'earliest' }, at('2026-11-23T09:00:01Z')] satisfies StartFrom[])(
  'an empty log gives its beginning for $kind: all that comes is new',
  async (startFrom) => {
    expect(await of(startFrom)).toBe('');
  },
);

it('an empty log takes a log_id as it is', async () => {
  expect(await of({ kind: 'log_id', logId: logIdAt(T0) })).toBe(logIdAt(T0));
});

describe('a value that makes no sense is told at once', () => {
  const entries = [logEvent()];
  it.each([
    [at('2027-01-01T00:00:00Z'), 'START_FROM lies in the future'],
    [{ kind: 'log_id', logId: '9'.repeat(56) }, 'START_FROM is a log_id that no log can hold yet'],
    [{ kind: 'log_id', logId: logIdAt(T0 + 3_600_000) }, 'START_FROM is a log_id that no log can hold yet'],
    [{ kind: 'log_id', logId: logIdAt(T0, 0, '800') }, 'START_FROM is a log_id of another tenant'],
  ] satisfies [StartFrom, string][])('%j: %s', async (startFrom, message) => {
    await expect(of(startFrom, entries)).rejects.toThrow(message);
  });

  it('a time on a tenant whose ids tell none', async () => {
    const odd = logEvent({ fields: { log_id: '12345', _id: '12345' } });

    await expect(of(at('2026-11-23T09:00:01Z'), [odd])).rejects.toThrow('give a log_id');
    expect(await of({ kind: 'earliest' }, [odd])).toBe('12344');
  });
});

it.each<[unknown]>([[{ toString: 1 }], ['-271821-04-20T00:00:00Z'], [{ a: [] }], [null], [17]])(
  'an entry dated %j is no obstacle to `earliest`',
  async (date) => {
    const odd = logEvent({ fields: { date } });

    expect((await of({ kind: 'earliest' }, [odd])) < String(odd.log_id)).toBe(true);
  },
);
