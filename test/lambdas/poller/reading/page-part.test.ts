import { expect, it } from 'vitest';
import { settledIn, takeSettled } from '../../../../lambdas/poller/reading/page-part.ts';
import { logEvent, logIdAt, T0 } from '../../../support/log-event.ts';
import { logPage } from '../../../support/log-page.ts';

const cursor = logIdAt(T0 - 1_000);
const entryAt = (time: number) => logEvent({ time });
const page = (...entries: unknown[]) => logPage(entries, T0 + 60_000);

it('takes a settled page whole, up to its last id', () => {
  const taken = takeSettled(page(entryAt(T0), entryAt(T0 + 1)), cursor, 5_000);

  expect(taken).toMatchObject({ to: logIdAt(T0 + 1), whole: true });
});

it('takes nothing of an empty page', () => {
  expect(takeSettled(page(), cursor, 5_000)).toBeUndefined();
});

it('cuts before the first entry that is younger than the settle time', () => {
  const young = page(entryAt(T0), entryAt(T0 + 55_001), entryAt(T0 + 2));

  expect(takeSettled(young, cursor, 5_000)).toMatchObject({
    entries: [entryAt(T0)],
    to: logIdAt(T0),
    whole: false,
  });
  expect(settledIn(young, 5_000)).toBe(1);
});

it('an entry as old as the settle time is settled', () => {
  expect(takeSettled(page(entryAt(T0 + 55_000)), cursor, 5_000)).toMatchObject({ whole: true });
});

it('without a settle time nothing is young', () => {
  const young = page(entryAt(T0 + 59_999));

  expect(takeSettled(young, cursor, 0)).toMatchObject({ whole: true });
  expect(settledIn(young, 0)).toBeUndefined();
});

it('an id from the future never becomes the cursor; what comes before it is taken', () => {
  const future = entryAt(T0 + 24 * 3_600_000);
  const part = takeSettled(page(entryAt(T0), future), cursor, 0);

  expect(part).toMatchObject({ entries: [entryAt(T0)], whole: false });
  expect(takeSettled(page(future), cursor, 0)).toBeUndefined();
  expect(settledIn(page(future), 5_000)).toBeUndefined();
});

it('an entry without an id goes with the next one that has one', () => {
  const odd = { type: 'sapi' };

  expect(takeSettled(page(odd, entryAt(T0)), cursor, 0)?.entries).toEqual([odd, entryAt(T0)]);
  expect(takeSettled(page(entryAt(T0), odd), cursor, 0)?.entries).toEqual([entryAt(T0)]);
  expect(takeSettled(page(odd), cursor, 0)).toBeUndefined();
});

it('a page that is not after the cursor is a fault that is told, as taking it would read for ever', () => {
  expect(() => takeSettled(page(entryAt(T0 - 1_000)), cursor, 0)).toThrow('not after the cursor');
});

it('an odd entry at the end whose id is no position does not break a poll', () => {
  const odd = logEvent({ fields: { log_id: 'abc', _id: 'abc' } });

  expect(takeSettled(page(odd), cursor, 0)).toBeUndefined();
});
