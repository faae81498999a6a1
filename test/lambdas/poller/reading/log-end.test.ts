import { expect, it, vi } from 'vitest';
import { logEndsAt } from '../../../../lambdas/poller/reading/log-end.ts';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import { fakeLog } from '../../../support/fake-log.ts';
import { logEvent, logIdAt, T0 } from '../../../support/log-event.ts';

const MINUTE = 60_000;
const READ_AT = T0 + 60 * MINUTE;
const OLD = logIdAt(T0);

function logOf(...entries: readonly Record<string, unknown>[]) {
  const log = fakeLog(entries, () => READ_AT);
  return { log, search: vi.spyOn(log, 'search') };
}

const endsAt = (cursor: string, log: ReturnType<typeof logOf>['log'], provenAt?: number) =>
  logEndsAt(cursor, { readAt: READ_AT }, provenAt, log);

it.each([
  ['the cursor', logIdAt(READ_AT - 10 * MINUTE + 1), undefined],
  ['the last proof', OLD, READ_AT - 10 * MINUTE + 1],
])('is likely, without a request, while %s is younger than ten minutes', async (_, cursor, provenAt) => {
  const { log, search } = logOf(logEvent({ time: READ_AT }));

  expect(await endsAt(cursor, log, provenAt)).toBe('likely');
  expect(search).not.toHaveBeenCalled();
});

it.each([
  ['the cursor', logIdAt(READ_AT - 10 * MINUTE), undefined],
  ['the last proof', OLD, READ_AT - 10 * MINUTE],
])('is asked for with one search once %s is ten minutes old', async (_, cursor, provenAt) => {
  const { log, search } = logOf(logEvent({ fields: { log_id: cursor, _id: cursor } }));

  expect(await endsAt(cursor, log, provenAt)).toBe('proven');
  expect(search.mock.calls).toEqual([['newest']]);
});

it('is proven by a search that shows nothing at all', async () => {
  expect(await endsAt(OLD, logOf().log)).toBe('proven');
});

it.each([
  ['later', logEvent({ time: T0 + 1_000 })],
  ['with a larger prefix', logEvent({ time: T0 - MINUTE, prefix: '910' })],
])('is no end when an entry is there %s', async (_, entry) => {
  expect(await endsAt(OLD, logOf(logEvent(), entry).log)).toBe('more');
});

it('takes no entry from the future for one that should have been shown', async () => {
  const ahead = logEvent({ time: READ_AT + 365 * 86_400_000 });

  expect(await endsAt(OLD, logOf(logEvent(), ahead).log)).toBe('proven');
});

it('fails when the ids begin with a smaller prefix, as nothing would ever come after the cursor', async () => {
  const { log } = logOf(logEvent({ time: READ_AT, prefix: '800' }));

  await expect(endsAt(OLD, log)).rejects.toMatchObject({
    reason: 'auth0.position',
    message: expect.stringContaining('ids begin with 800, but the cursor with 900'),
  });
});

it('fails when the cursor itself lies in the future', async () => {
  const cursor = idOf(logEvent({ time: READ_AT + 6 * MINUTE }));

  await expect(endsAt(cursor, logOf().log)).rejects.toMatchObject({
    reason: 'auth0.position',
    message: expect.stringContaining('rewind to an older position'),
  });
});
