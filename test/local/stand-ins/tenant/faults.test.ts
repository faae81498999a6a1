import { describe, expect, it } from 'vitest';
import type { TenantFault } from '../../../../local/stand-ins/tenant/fault.ts';
import { alwaysLimited, tokensRefused } from '../../../../local/stand-ins/tenant/lasting-faults.ts';
import { askForToken, call, idsOf, readerOf, tenantAtNow } from './tenant-client.ts';

const page = '?from=&take=10';

/** A tenant with one entry, whose first page fails like that. */
async function failing(fault: TenantFault) {
  const tenant = await tenantAtNow();
  tenant.append({ type: 'sapi' });
  const reader = await readerOf(tenant);
  tenant.onRequest = ({ kind, count }) => (kind === 'logs' && count === 1 ? fault : undefined);
  return { tenant, ...reader };
}

describe('faults', () => {
  it('answers an HTML page instead, once', async () => {
    const { get, ids } = await failing({ status: 500, body: '<html>Oops</html>' });

    const broken = await get(page);

    expect(broken).toMatchObject({ status: 500, text: '<html>Oops</html>' });
    expect(broken.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(await ids(page)).toHaveLength(1);
  });

  it('answers JSON with headers instead', async () => {
    const { get } = await failing({
      status: 429,
      body: { statusCode: 429 },
      headers: { 'retry-after': '3' },
    });

    const { status, text, headers } = await get(page);

    expect({ status, text, after: headers['retry-after'] }).toEqual({
      status: 429,
      text: '{"statusCode":429}',
      after: '3',
    });
  });

  it('truncates the JSON of a whole answer', async () => {
    const { get } = await failing('truncate');

    const { status, text } = await get(page);

    expect(status).toBe(200);
    expect(text).toMatch(/^\[\{/);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it.each(['reset', 'cut'] as const)('breaks the connection: %s', async (fault) => {
    const { get, ids } = await failing(fault);

    await expect(get(page)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await ids(page)).toHaveLength(1);
  });

  it('hangs until the tenant stops', async () => {
    const tenant = await tenantAtNow();
    const { get } = await readerOf(tenant);
    const arrival = new Promise<void>((resolve) => {
      tenant.onRequest = () => {
        resolve();
        return 'hang';
      };
    });

    const hanging = expect(get(page)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await arrival;
    await tenant.stop();

    await hanging;
  });

  it('delays an answer', async () => {
    const { get } = await failing({ delayMs: 60 });
    const start = performance.now();

    const { text } = await get(page);

    expect(performance.now() - start).toBeGreaterThan(55);
    expect(idsOf(text)).toHaveLength(1);
  });

  it('can break the token too, and sees what was asked', async () => {
    const tenant = await tenantAtNow();
    const seen: string[] = [];
    tenant.onRequest = ({ kind, url, count }) => {
      seen.push(`${kind} ${count} ${url.pathname}${url.search}`);
      return kind === 'token' ? { status: 502, body: '<html>Bad gateway</html>' } : undefined;
    };

    const { status } = await askForToken(tenant);
    await call(tenant, `/api/v2/logs${page}`);

    expect(status).toBe(502);
    expect(seen).toEqual(['token 1 /oauth/token', `logs 1 /api/v2/logs${page}`]);
    expect(tenant.requests()).toMatchObject({ token: 1, tokensIssued: 0, logs: 1, pages: 0 });
  });

  it('answers what it does not have with 404', async () => {
    expect((await call(await tenantAtNow(), '/api/v2/nothing')).status).toBe(404);
  });

  it('answers 500 with the message of a hook that threw', async () => {
    const tenant = await tenantAtNow();
    tenant.onRequest = () => {
      throw new Error('not this one');
    };

    expect((await askForToken(tenant)).text).toContain('not this one');
  });

  it('sends a page over a slow line, whole', async () => {
    const { get } = await failing({ bytesPerSecond: 500 });

    const started = performance.now();
    const { text } = await get(page);

    expect(performance.now() - started).toBeGreaterThan(100);
    expect(idsOf(text)).toHaveLength(1);
  });

  it('lasts as long as the test wants, and only for the log', async () => {
    const tenant = await tenantAtNow();
    const { get } = await readerOf(tenant);

    tenant.onRequest = alwaysLimited;
    const limited = [await get(page), await get(page)];
    tenant.onRequest = tokensRefused;
    const refused = [await get(page), await get(page)];

    expect(limited.map(({ status }) => status)).toEqual([429, 429]);
    expect(refused.map(({ status }) => status)).toEqual([401, 401]);
    expect((await askForToken(tenant)).status).toBe(200);
  });
});
