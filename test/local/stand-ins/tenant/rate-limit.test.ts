import { describe, expect, it } from 'vitest';
import { NOW, type Received, readerOf, tenantAtNow } from './tenant-client.ts';

const page = '?from=&take=1';

describe('rate limit', () => {
  // As recorded from Auth0: 10 at once, 2 a second.
  it.each([
    { remaining: 9, resetWithin: [1, 2] },
    { remaining: 6, resetWithin: [2, 3] },
    { remaining: 3, resetWithin: [4, 5] },
    { remaining: 1, resetWithin: [5, 6] },
  ])('tells when the bucket is full: $remaining remaining', async ({ remaining, resetWithin }) => {
    const tenant = await tenantAtNow({ rateLimit: { burst: 10, perSecond: 2 }, now: () => NOW + 300 });
    const { get } = await readerOf(tenant);

    const answers: Received[] = [];
    for (let left = 9; left >= remaining; left -= 1) answers.push(await get(page));

    const headers = answers.at(-1)?.headers;
    const away = Number(headers?.['x-ratelimit-reset']) - Math.floor(NOW / 1000);

    expect(headers).toMatchObject({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': String(remaining) });
    expect(resetWithin).toContain(away);
  });

  it('gives tokens back one by one, long before the bucket is full', async () => {
    let now = NOW;
    const tenant = await tenantAtNow({ rateLimit: { burst: 3, perSecond: 0.5 }, now: () => now });
    const { get } = await readerOf(tenant);
    const status = async (at: number) => {
      now = NOW + at;
      return (await get(page)).status;
    };

    const answers = [
      await status(0),
      await status(0),
      await status(0),
      await status(1_999),
      await status(2_000),
    ];

    expect(answers).toEqual([200, 200, 200, 429, 200]);
  });

  it('as a window counts down, answers 429, and is full again in the next window', async () => {
    let now = NOW;
    const tenant = await tenantAtNow({ rateLimit: { limit: 2, windowSeconds: 60 }, now: () => now });
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
    const { get } = await readerOf(await tenantAtNow());

    await get(page);
    const { headers } = await get(page);

    expect(Number(headers['x-ratelimit-remaining'])).toBeGreaterThan(1000);
    expect(headers['x-ratelimit-remaining']).toBe(headers['x-ratelimit-limit']);
  });
});
