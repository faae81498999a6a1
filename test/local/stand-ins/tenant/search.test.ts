import { describe, expect, it } from 'vitest';
import { idsOf, readerOf, tenantAtNow } from './tenant-client.ts';

const at = (second: number) => ({
  type: 'sapi',
  date: `2026-03-04T05:00:${String(second).padStart(2, '0')}.000Z`,
});

describe('GET /api/v2/logs without from', () => {
  it('pages by date, which is not the order of ids', async () => {
    const tenant = await tenantAtNow();
    const [third, first, second] = tenant.append([at(30), at(10), at(20)]);
    const reader = await readerOf(tenant);

    expect(await reader.ids('?sort=date:1')).toEqual([first, second, third]);
    expect(await reader.ids('?sort=date:-1&per_page=1')).toEqual([third]);
    expect(await reader.ids('?per_page=2&page=1')).toEqual([first]);
  });

  it('wraps the page in totals when asked', async () => {
    const tenant = await tenantAtNow();
    const ids = tenant.append([at(1), at(2), at(3)]);
    const { get } = await readerOf(tenant);

    const { text } = await get('?include_totals=true&per_page=2&page=1&sort=date:1');

    const { logs, ...totals } = JSON.parse(text);

    expect(totals).toEqual({ start: 2, limit: 2, length: 1, total: 3 });
    expect(idsOf(JSON.stringify(logs))).toEqual([ids[2]]);
  });

  it('answers an empty array for an empty tenant', async () => {
    const { get } = await readerOf(await tenantAtNow());

    expect((await get('?per_page=1&sort=date:-1')).text).toBe('[]');
  });

  it('ends at 1,000 entries', async () => {
    const { get } = await readerOf(await tenantAtNow({ history: 1_200 }));

    const last = await get('?per_page=100&page=9');
    const beyond = await get('?per_page=100&page=10');

    expect(idsOf(last.text)).toHaveLength(100);
    expect(beyond.status).toBe(400);
    expect(JSON.parse(beyond.text).message).toContain(
      'Requesting page 10 exceeds the allowed maximum of 1000 records',
    );
  });

  it.each(['?per_page=101', '?per_page=0', '?page=-1', '?sort=log_id:1', '?search=x', '?q=type:sapi'])(
    'refuses %s',
    async (query) => {
      const { get } = await readerOf(await tenantAtNow());

      expect((await get(query)).status).toBe(400);
    },
  );
});
