import { describe, expect, it, vi } from 'vitest';
import { checkCursorIsOf, checkTenant } from '../../../../lambdas/poller/reading/whose-log.ts';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import { positionAt } from '../../../../lambdas/shared/log-position.ts';
import { fakeLog } from '../../../support/fake-log.ts';
import { logEvent, logIdAt, T0, userEvents } from '../../../support/log-event.ts';

const OURS = 'example.eu.auth0.com';
const THEIRS = 'other.eu.auth0.com';

describe('checkTenant', () => {
  it('accepts the tenant that the ledger knows', () => {
    expect(() => checkTenant(OURS, OURS)).not.toThrow();
  });

  it('refuses another one, and names the setting, both tenants and both ways out', () => {
    const check = () => checkTenant(OURS, THEIRS);

    expect(check).toThrow(expect.objectContaining({ reason: 'auth0.tenant' }));
    expect(check).toThrow(
      `AUTH0_DOMAIN names the tenant ${THEIRS}, but this deployment reads the log of ${OURS}`,
    );
    expect(check).toThrow(/set AUTH0_DOMAIN back.*or bind this deployment/);
  });
});

describe('checkCursorIsOf, for a table that does not know its tenant', () => {
  const events = userEvents(10);
  const [first, , , fourth] = events.map(idOf);
  const foreign = { reason: 'auth0.tenant', message: expect.stringContaining(`in the log of ${THEIRS}`) };

  function logOf(entries: readonly Record<string, unknown>[]) {
    const log = fakeLog(entries, () => T0 + 3_600_000);
    return { log, search: vi.spyOn(log, 'search') };
  }

  it.each([
    ['the first entry', first],
    ['one in the middle', fourth],
    ['the last one', idOf(events[9])],
  ])('takes the log in which the entry at the cursor is, %s, with one request', async (_, cursor) => {
    const { log, search } = logOf(events);

    await checkCursorIsOf(log, cursor ?? '', OURS);

    expect(log.asked).toHaveLength(1);
    expect(search).not.toHaveBeenCalled();
  });

  it('takes the log that no longer reaches back to the cursor, when its ids begin alike', async () => {
    const { log } = logOf(events.slice(5));

    await expect(checkCursorIsOf(log, fourth ?? '', OURS)).resolves.toBeUndefined();
  });

  it('refuses the log that reaches back behind the cursor and does not have its entry', async () => {
    const { log } = logOf(events.filter((event) => idOf(event) !== fourth));

    await expect(checkCursorIsOf(log, fourth ?? '', THEIRS)).rejects.toMatchObject(foreign);
  });

  it('refuses the log that ends before the cursor', async () => {
    const { log } = logOf(events.slice(0, 3));

    await expect(checkCursorIsOf(log, fourth ?? '', THEIRS)).rejects.toMatchObject(foreign);
  });

  it.each([
    ['smaller', '800'],
    ['larger', '910'],
  ])('refuses the log whose ids begin with a %s prefix', async (_, prefix) => {
    const { log } = logOf([logEvent({ time: T0 + 60_000, prefix })]);

    await expect(checkCursorIsOf(log, fourth ?? '', THEIRS)).rejects.toMatchObject(foreign);
  });

  it('takes a position of a time, which no entry has, when the ids begin alike', async () => {
    const { log } = logOf(events);

    await expect(checkCursorIsOf(log, positionAt(T0 + 2_500, '900'), OURS)).resolves.toBeUndefined();
    await expect(checkCursorIsOf(log, positionAt(T0 + 2_500, '800'), THEIRS)).rejects.toMatchObject(foreign);
  });

  it('takes a log in which nothing is, as any log may be empty', async () => {
    const { log } = logOf([]);

    await expect(checkCursorIsOf(log, fourth ?? '', OURS)).resolves.toBeUndefined();
  });

  it('asks nothing for the cursor of a table in which nothing was read yet', async () => {
    const { log, search } = logOf(events);

    await checkCursorIsOf(log, '', OURS);

    expect([log.asked, search.mock.calls]).toEqual([[], []]);
  });

  it('takes no entry from the future for the newest of the log', async () => {
    const { log } = logOf([...events.slice(5), logEvent({ time: T0 + 365 * 86_400_000, prefix: '800' })]);

    await expect(checkCursorIsOf(log, logIdAt(T0 + 3_000, 3), OURS)).resolves.toBeUndefined();
  });
});
