import { describe, expect, it } from 'vitest';
import { NOW, readerOf, tenantForTest } from './tenant-client.ts';

const page = '?from=&take=1';

describe('rate limit', () => {
  it('counts down, answers 429, and is full again in the next window', async () => {
    let now = NOW;
    const tenant = await tenantForTest({ rateLimit: { limit: 2, windowSeconds: 60 }, now: () => now });
    const { get } = await readerOf(tenant);
    const minute = Math.floor(NOW / 60_000 + 1) * 60;

    const first = await get(page);
    const second = await get(page);
    const third = await get(page);
    now = minute * 1000;
    const later = await get(page);

    expect([first, second, third, later].map(({ status }) => status)).toEqual([200, 200, 429, 200]);
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': String(minute),
    });
    expect(third.headers).toMatchObject({
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(minute),
    });
    expect(JSON.parse(third.text)).toEqual({
      statusCode: 429,
      error: 'Too Many Requests',
      message: 'Global limit has been reached',
      errorCode: 'too_many_requests',
    });
    expect(tenant.requests()).toMatchObject({ pages: 3, rateLimited: 1, logs: 4 });
  });

  it('sends its headers also when nothing is limited', async () => {
    const { get } = await readerOf(await tenantForTest());

    await get(page);
    const { headers } = await get(page);

    expect(Number(headers['x-ratelimit-remaining'])).toBeGreaterThan(1000);
    expect(headers['x-ratelimit-remaining']).toBe(headers['x-ratelimit-limit']);
  });
});
