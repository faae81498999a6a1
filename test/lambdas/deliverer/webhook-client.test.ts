import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../../lambdas/shared/version.ts';
import { httpAnswer, rawServer } from '../../support/raw-server.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';
import { clientOfPort, distantClientOf } from '../../support/webhook-call.ts';

const BODY = '{"log_id":"900","name":"Jürgen"}';

/** Makes one attempt against a server that answers with these bytes. */
async function attempted(answer: string, settings = {}) {
  const server = await rawServer((socket) => socket.write(answer));
  const outcome = await clientOfPort(server.port, settings).attempt('900', BODY);
  return { outcome, server };
}

it('is a signed POST of exactly the body, to exactly the URL', async () => {
  const headers = { authorization: 'Bearer token', 'x-tenant': 'a b' };
  const { outcome, server } = await attempted(httpAnswer(202), { headers });

  expect(outcome).toEqual({ kind: 'delivered', status: 202 });
  const [request] = server.requests;
  const lines = request?.head.split('\r\n') ?? [];

  expect(lines[0]).toBe('POST /hook?key=1 HTTP/1.1');
  const sent = Object.fromEntries(lines.slice(1).map((line) => line.split(/: (.*)/).slice(0, 2)));

  expect(sent).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(BODY)),
    'user-agent': `auth0-management-webhooks/${VERSION}`,
    'webhook-id': '900',
    authorization: 'Bearer token',
    'x-tenant': 'a b',
  });
  const body = Buffer.from(request?.body ?? '', 'latin1').toString();

  expect(body).toBe(BODY);
  expect(new Webhook(SIGNING_SECRET).verify(body, sent)).toEqual(JSON.parse(BODY));
});

it.each([200, 201, 204, 299])('%i is success', async (status) => {
  expect((await attempted(httpAnswer(status))).outcome).toEqual({ kind: 'delivered', status });
});

it.each([
  [400, 'status'],
  [401, 'status'],
  [404, 'status'],
  [408, 'status'],
  [410, 'gone'],
  [429, 'rate-limited'],
  [500, 'status'],
  [503, 'status'],
  [304, 'redirect'],
  [300, 'redirect'],
  [600, 'status'],
] as const)('%i is tried again: %s', async (status, reason) => {
  expect((await attempted(httpAnswer(status))).outcome).toMatchObject({ kind: 'retry', status, reason });
});

it.each([301, 302, 303, 307, 308])(
  'a redirect (%i) is not followed; only its host is told',
  async (status) => {
    const location = 'https://elsewhere.example/path?token=secret';
    const { outcome, server } = await attempted(httpAnswer(status, '', { location }));

    expect(outcome).toMatchObject({
      kind: 'retry',
      reason: 'redirect',
      status,
      redirectHost: 'elsewhere.example',
    });
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(server.requests).toHaveLength(1);
  },
);

it.each([
  ['/login?token=secret', /^127\.0\.0\.1:\d+$/],
  ['//elsewhere.example/x', /^elsewhere\.example$/],
  [`https://${'a'.repeat(63)}.${'b.'.repeat(150)}example/`, /^.{259}$/],
  ['mailto:somebody@example.com', undefined],
  ['http://[', undefined],
])('a redirect to %s tells the host, if there is one', async (location, host) => {
  const { outcome } = await attempted(httpAnswer(302, '', { location }));

  expect(outcome).toMatchObject({ kind: 'retry', reason: 'redirect' });
  const told = outcome.kind === 'retry' ? outcome.redirectHost : '';
  if (host) expect(told).toMatch(host);
  else expect(told).toBeUndefined();
});

it.each([429, 503, 500])('Retry-After is understood in both forms, with %i', async (status) => {
  const seconds = await attempted(httpAnswer(status, '', { 'retry-after': '120' }));

  expect(seconds.outcome).toMatchObject({ retryAfterSeconds: 120 });
  const date = new Date(Date.now() + 90_000).toUTCString();
  const { outcome } = await attempted(httpAnswer(status, '', { 'Retry-After': date }));

  expect(outcome.kind === 'retry' && outcome.retryAfterSeconds).toSatisfy((s: number) => s > 85 && s <= 90);
});

describe('connections', () => {
  it('are kept and used again', async () => {
    const server = await rawServer((socket) => socket.write(httpAnswer(200, 'ok')));
    const client = distantClientOf(server.port);
    for (let call = 0; call < 3; call++) {
      await client.attempt('900', BODY);
      await sleep(5); // the answer's end comes in a turn of its own
    }

    expect(server).toMatchObject({ connections: 1, requests: { length: 3 } });
  });

  it('that the receiver closed meanwhile cost one repetition at once, under the same id', async () => {
    const server = await rawServer((socket, { onConnection }) => {
      if (onConnection === 1) socket.write(httpAnswer(200));
      else socket.resetAndDestroy();
    });
    const client = distantClientOf(server.port);
    await client.attempt('900', BODY);
    await sleep(5);

    expect(await client.attempt('901', BODY)).toEqual({ kind: 'delivered', status: 200 });
    expect(server.requests.map(({ head }) => /webhook-id: (\d+)/.exec(head)?.[1])).toEqual([
      '900',
      '901',
      '901',
    ]);
  });

  it('that are reset at once are not repeated when they were new', async () => {
    const server = await rawServer((socket) => socket.resetAndDestroy());

    expect(await distantClientOf(server.port).attempt('900', BODY)).toEqual({
      kind: 'retry',
      reason: 'connection',
      detail: 'reset',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('a repetition stays within the time-out of the attempt', async () => {
    const server = await rawServer((socket, { count }) => {
      if (count === 1) socket.write(httpAnswer(200));
      if (count === 2) setTimeout(() => socket.resetAndDestroy(), 300); // the third is never answered
    });
    const client = distantClientOf(server.port, { timeoutSeconds: 1 });
    await client.attempt('900', BODY);
    await sleep(5);
    const startedAt = performance.now();

    expect(await client.attempt('901', BODY)).toMatchObject({ kind: 'retry' });
    expect(performance.now() - startedAt).toBeLessThan(1_400);
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ['after a second of work', (socket: Socket) => setTimeout(() => socket.resetAndDestroy(), 1_000)],
    [
      'in the midst of an answer',
      (socket: Socket) =>
        socket.write('HTTP/1.1 200 OK\r\nx', () => setTimeout(() => socket.resetAndDestroy(), 50)),
    ],
  ])('that are reset %s are not repeated: the receiver may have done it', async (_, reset) => {
    const server = await rawServer((socket, { count }) => {
      if (count === 1) socket.write(httpAnswer(200));
      else reset(socket);
    });
    const client = distantClientOf(server.port);
    await client.attempt('900', BODY);
    await sleep(5);

    expect(await client.attempt('901', BODY)).toEqual({
      kind: 'retry',
      reason: 'connection',
      detail: 'reset',
    });
    expect(server.requests).toHaveLength(2);
  });

  it('that were all closed meanwhile cost one repetition, on a new one', async () => {
    const server = await rawServer((socket, { onConnection }) => {
      if (onConnection === 1) setTimeout(() => socket.write(httpAnswer(200)), 20);
      else socket.resetAndDestroy();
    });
    const client = distantClientOf(server.port, {}, 2);
    await Promise.all([client.attempt('900', BODY), client.attempt('901', BODY)]);
    await sleep(5);

    expect(server.connections).toBe(2);
    expect(await client.attempt('902', BODY)).toEqual({ kind: 'delivered', status: 200 });
    expect(server).toMatchObject({ connections: 3, requests: { length: 4 } });
  });

  it('a port where nobody listens, and a name that does not exist', async () => {
    expect(await clientOfPort(1).attempt('900', BODY)).toEqual({
      kind: 'retry',
      reason: 'connection',
      detail: 'refused',
    });
    const url = new URL('http://nowhere.invalid/');

    expect(await clientOfPort(1, { url }).attempt('900', BODY)).toMatchObject({
      kind: 'retry',
      reason: 'dns',
    });
  });
});

it.each([
  'http://127.0.0.1',
  'http://[::1]',
  'http://[::ffff:127.0.0.1]',
  'http://2130706433',
  'http://localhost',
])('%s is refused unless private addresses are allowed, before a byte is sent', async (origin) => {
  const server = await rawServer((socket) => socket.write(httpAnswer(200)));
  const client = clientOfPort(1, { url: new URL(`${origin}:${server.port}/`), allowPrivate: false });

  expect(await client.attempt('900', BODY)).toEqual({ kind: 'retry', reason: 'private-address' });
  expect(server.connections).toBe(0);
});
