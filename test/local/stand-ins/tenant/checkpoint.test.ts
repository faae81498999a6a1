import { describe, expect, it } from 'vitest';
import { NOW, readerOf, tenantAtNow } from './tenant-client.ts';

const HOUR = 3_600_000;
const entries = (count: number) => Array.from({ length: count }, (_, n) => ({ type: 'sapi', n }));
const expectedOrder = (ids: readonly string[]) => expect(ids).toEqual([...ids].sort());

describe('GET /api/v2/logs with from', () => {
  it('answers a bare array after the id, in the order of ids', async () => {
    const tenant = await tenantAtNow();
    const ids = tenant.append(entries(5));
    const { get } = await readerOf(tenant);

    const { text } = await get(`?from=${ids[1]}&take=2`);

    const [third, fourth] = ids.slice(2);

    expect(JSON.parse(text)).toEqual([
      { type: 'sapi', n: 2, log_id: third, _id: third },
      { type: 'sapi', n: 3, log_id: fourth, _id: fourth },
    ]);
    expectedOrder(ids);
  });

  it('names the next page in the Link header', async () => {
    const tenant = await tenantAtNow();
    const ids = tenant.append(entries(3));
    const { get } = await readerOf(tenant);

    const { headers } = await get(`?from=${ids[0]}&take=1`);

    expect(headers.link).toBe(`<https://${tenant.domain}/api/v2/logs?take=1&from=${ids[1]}>; rel="next"`);
  });

  it('answers an empty page with a link to itself', async () => {
    const tenant = await tenantAtNow();
    const [id] = tenant.append({ type: 's' });
    const { get } = await readerOf(tenant);

    const { text, headers } = await get(`?from=${id}&take=100`);

    expect(text).toBe('[]');
    expect(headers.link).toBe(`<https://${tenant.domain}/api/v2/logs?from=${id}&take=100>; rel="next"`);
  });

  it('takes 50 unless told, ignores other parameters, and takes an id that never existed', async () => {
    const tenant = await tenantAtNow();
    const ids = tenant.append(entries(60));
    const reader = await readerOf(tenant);
    const from = `900${'20260101000000'.padEnd(53, '0')}`;

    const unasked = await reader.ids(`?from=${from}&page=3&per_page=5&sort=date:-1&include_totals=true`);

    expect(unasked).toEqual(ids.slice(0, 50));
    expect(await reader.ids(`?from=${ids[9]}&take=100`)).toEqual(ids.slice(10));
  });

  it.each(['?from=0&take=10', '?from=abc', '?from=&take=101', '?from=&take=0', '?from=&take=x'])(
    'refuses %s',
    async (query) => {
      const { get } = await readerOf(await tenantAtNow());

      const { status, text } = await get(query);

      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ statusCode: 400, error: 'Bad Request' });
    },
  );

  it('answers the oldest retained entries, without an error, to an id that is older than the retention', async () => {
    let now = NOW;
    const tenant = await tenantAtNow({ retentionSeconds: 3600, now: () => now });
    const [lost] = tenant.append(entries(1), { ingestedAt: NOW - HOUR / 2 });
    const [kept] = tenant.append(entries(1), { ingestedAt: NOW });
    now += HOUR * 0.75;
    const reader = await readerOf(tenant);

    expect(await reader.ids(`?from=${lost}&take=10`)).toEqual([kept]);
    expect(await reader.ids('?from=&take=10')).toEqual([kept]);
    expect(tenant.entries().map(({ log_id }) => log_id)).toEqual([kept]);
  });

  it('serves a late arrival only when it is visible, below ids that were served already', async () => {
    let now = NOW;
    const tenant = await tenantAtNow({ now: () => now });
    const reader = await readerOf(tenant);
    const [late] = tenant.append({ type: 'sapi' }, { ingestedAt: NOW - 2_000, visibleAt: NOW + 3_000 });
    const [early] = tenant.append({ type: 'sapi' });

    expect(await reader.ids('?from=&take=10')).toEqual([early]);
    now += 3_000;

    expect(await reader.ids(`?from=${early}&take=10`)).toEqual([]);
    expect(await reader.ids('?from=&take=10')).toEqual([late, early]);
  });

  it('keeps an explicit log_id', async () => {
    const tenant = await tenantAtNow();
    const id = `900${'20260304050000123456'.padEnd(53, '7')}`;

    tenant.append([{ type: 's' }, { type: 's', log_id: id }]);

    const reader = await readerOf(tenant);

    expect((await reader.ids('?from='))[0]).toBe(id);
  });
});

describe('log ids', () => {
  it.each(['900', '800'])(
    'have 56 digits: prefix %s, the second and microseconds of ingestion, a sequence',
    async (prefix) => {
      const tenant = await tenantAtNow({ prefix, now: () => NOW + 89 });

      const [id] = tenant.append({ type: 's' });

      expect(id).toMatch(new RegExp(`^${prefix}20260304050607089000${'0'.repeat(14)}\\d{19}$`));
    },
  );

  it('rise even when the clock stands still or steps back', async () => {
    let now = NOW;
    const tenant = await tenantAtNow({ now: () => now });
    const ids = tenant.append(entries(3));
    now -= 5_000;
    ids.push(...tenant.append(entries(3)));

    expect(new Set(ids).size).toBe(6);
    expectedOrder(ids);
  });
});
