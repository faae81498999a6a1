import { describe, expect, it } from 'vitest';
import { deliverVirtually } from '../../../bench/virtual/delivery.ts';
import { downUntil } from '../../../bench/virtual/endpoints.ts';
import { clientOf } from '../../../bench/virtual/fixtures.ts';
import { createLease } from '../../../lambdas/deliverer/lease.ts';
import { createTable } from '../../../lambdas/shared/ledger/table.ts';
import { StateTable } from '../../simulation/state-table.ts';

function leases() {
  const items = new StateTable(100, () => {});
  const table = createTable(
    clientOf(items, async () => {}),
    'table',
  );
  const clock = { now: 1_000_000 };
  return { clock, table, leaseOf: (holder: string) => createLease(table, () => clock.now, holder) };
}

describe('a lease', () => {
  it('has one holder, until that one releases it', async () => {
    const { leaseOf } = leases();
    const [a, b] = [leaseOf('a'), leaseOf('b')];

    expect([await a.take(90_000), await b.take(90_000)]).toEqual([true, false]);
    await b.release();

    expect(await b.take(90_000)).toBe(false);
    await a.release();

    expect([await b.take(90_000), await a.take(90_000)]).toEqual([true, false]);
  });

  it('is taken by one of several that come at a time', async () => {
    const { leaseOf } = leases();

    const taken = await Promise.all(['a', 'b', 'c'].map((holder) => leaseOf(holder).take(90_000)));

    expect(taken.filter((each) => each)).toHaveLength(1);
  });

  it('of an invocation that died ends when that would have ended', async () => {
    const { clock, leaseOf } = leases();
    await leaseOf('a').take(90_000);

    clock.now += 94_999;

    expect(await leaseOf('b').take(90_000)).toBe(false);
    clock.now += 1;

    expect(await leaseOf('b').take(90_000)).toBe(true);
  });

  it('lasts no longer when reading it takes long', async () => {
    const { clock, table, leaseOf } = leases();
    const slow: typeof table = {
      ...table,
      get: async (sk) => {
        clock.now += 60_000;
        return await table.get(sk);
      },
    };
    await createLease(slow, () => clock.now, 'a').take(90_000);

    clock.now += 35_000;

    expect(await leaseOf('b').take(90_000)).toBe(true);
  });

  it('is known to its holder though the answer to its write was lost', async () => {
    const { table, clock } = leases();
    const lossy: typeof table = {
      ...table,
      update: async (sk, change) => {
        await table.update(sk, change);
        return await table.update(sk, change); // as the SDK repeats it
      },
    };

    expect(await createLease(lossy, () => clock.now, 'a').take(90_000)).toBe(true);
  });

  it('that makes no sense is not waited for', async () => {
    const { table, leaseOf } = leases();
    await table.replace('delivering', { holder: { S: 'x' }, until: { N: '9999999999999' } });

    expect(await leaseOf('a').take(90_000)).toBe(true);
  });
});

describe('one call at a time, though two invocations run and messages are in many groups', () => {
  const course = { reserved: 2, sideBySide: 1, waiting: 60, endMs: 3_600_000 };

  it('never makes a second request beside the first, and delivers everything', async () => {
    const endpoint = downUntil(0, 'refused');

    const { mostAtOnce, delivered } = await deliverVirtually({ ...course, endpoint, takesLease: true });

    expect([mostAtOnce, delivered]).toEqual([1, 60]);
  });

  it('also where the endpoint hangs for ten minutes', async () => {
    const endpoint = downUntil(600_000, 'hanging');

    const { mostAtOnce, delivered } = await deliverVirtually({ ...course, endpoint, takesLease: true });

    expect([mostAtOnce, delivered]).toEqual([1, 60]);
  });

  it('would make two without the lease', async () => {
    const endpoint = downUntil(0, 'refused');

    const { mostAtOnce } = await deliverVirtually({ ...course, endpoint });

    expect(mostAtOnce).toBe(2);
  });
});
