import { describe, expect, it } from 'vitest';
import { generatedSource } from '../../../../local/stand-ins/tenant/log-source.ts';
import { idsOf, NOW, readerOf, tenantAtNow } from './tenant-client.ts';

const LENGTH = 1_000_000;
const source = generatedSource({
  length: LENGTH,
  from: NOW - 10 * 3_600_000,
  everyMs: 36,
  entry: (index, date) => ({ date, type: 'sapi', n: index }),
});

describe('a log of a million entries', () => {
  it('is served from a source by id, without being made as a whole', async () => {
    let made = 0;
    const counting = generatedSource({
      length: LENGTH,
      from: NOW - 10 * 3_600_000,
      everyMs: 36,
      entry: (index, date) => {
        made += 1;
        return { date, n: index };
      },
    });
    const { get } = await readerOf(await tenantAtNow({ source: counting }));

    const { text } = await get(`?from=${source.entry(749_999).log_id}&take=100`);

    expect(JSON.parse(text)[0]).toMatchObject({ n: 750_000 });
    expect(idsOf(text)).toEqual(Array.from({ length: 100 }, (_, n) => source.entry(750_000 + n).log_id));
    expect(made).toBeLessThan(200);
  });

  it('merges what is appended by id', async () => {
    const tenant = await tenantAtNow({ source });
    const [middle] = tenant.append({ type: 's' }, { ingestedAt: NOW - 5 * 3_600_000 + 1 });
    const [newest] = tenant.append({ type: 's' });
    const reader = await readerOf(tenant);

    const around = await reader.ids(`?from=${source.entry(499_999).log_id}&take=3`);
    const end = await reader.ids(`?from=${source.entry(LENGTH - 2).log_id}&take=10`);

    expect(around).toEqual([source.entry(500_000).log_id, middle, source.entry(500_001).log_id]);
    expect(end).toEqual([source.entry(LENGTH - 1).log_id, newest]);
  });

  it('finds the newest and the oldest by search', async () => {
    const { get, ids } = await readerOf(await tenantAtNow({ source }));

    expect(await ids('?sort=date:-1&per_page=1')).toEqual([source.entry(LENGTH - 1).log_id]);
    expect(await ids('?sort=date:1&per_page=1')).toEqual([source.entry(0).log_id]);
    expect(JSON.parse((await get('?include_totals=true&per_page=1')).text).total).toBe(LENGTH);
  });

  it('reads an appended log of 200,000 at any place', async () => {
    const tenant = await tenantAtNow();
    const ids = tenant.append(Array.from({ length: 200_000 }, (_, n) => ({ n })));
    const reader = await readerOf(tenant);

    for (let index = 99; index < ids.length - 1; index += 20_000) {
      const page = await reader.ids(`?from=${ids[index]}&take=100`);
      expect(page).toEqual(ids.slice(index + 1, index + 101));
    }
  });
});
