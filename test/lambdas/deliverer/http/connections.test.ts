import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { httpAnswer, type RawRequest, rawServer } from '../../../support/raw-server.ts';
import { clientOfPort, distantClientOf } from '../../../support/webhook-call.ts';

const BODY = '{"log_id":"900"}';

/** A client with a clock that stands until it is moved, as a frozen function's seems to. */
async function world(
  answer: (socket: Socket, request: RawRequest) => void = (socket) => socket.write(httpAnswer(200)),
  sideBySide = 1,
) {
  const clock = { now: 1_000_000 };
  const server = await rawServer(answer);
  const client = distantClientOf(server.port, {}, sideBySide, () => clock.now);
  const call = () => client.attempt('900', BODY);
  return { clock, server, client, call };
}

/** A receiver that answers on a connection only when the ones before it have ended. */
async function oneAtATime() {
  let served = Promise.resolve();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    const before = served;
    served = new Promise((ended) => socket.on('close', () => ended()));
    const waiting: Buffer[] = [];
    let isServed = false;
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      if (isServed) socket.write(httpAnswer(200));
      else waiting.push(bytes);
    });
    void before.then(() => {
      isServed = true;
      if (waiting.length > 0) socket.write(httpAnswer(200));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, connections: () => connections };
}

describe('a connection that is kept', () => {
  it('is used again within 45 seconds of the wall clock, and not later', async () => {
    const { clock, server, call } = await world();

    await call();
    clock.now += 44_999;
    await call();

    expect(server.connections).toBe(1);
    clock.now += 45_000;
    await call();

    expect(server).toMatchObject({ connections: 2, requests: { length: 3 } });
  });

  it('is used for five minutes at most, however busy it is, so that a moved name is followed', async () => {
    const { clock, server, call } = await world();

    for (let second = 0; second < 300; second += 40) {
      await call();
      clock.now += 40_000;
    }

    expect(server.connections).toBe(1);
    await call();

    expect(server.connections).toBe(2);
  });

  it('is not used when the clock was set back', async () => {
    const { clock, server, call } = await world();

    await call();
    clock.now -= 1;
    await call();

    expect(server.connections).toBe(2);
  });

  it.each([
    ['timeout=5', 3_999, 1],
    ['timeout=5', 4_000, 2],
    ['max=100, timeout=60', 44_999, 1],
    ['timeout=1', 0, 2],
    ['timeout=x', 44_999, 1],
  ])('is kept as long as the receiver says: %s, after %i ms', async (hint, idleMs, connections) => {
    const { clock, server, call } = await world((socket) =>
      socket.write(httpAnswer(200, '', { 'keep-alive': hint })),
    );

    await call();
    clock.now += idleMs;
    await call();

    expect(server.connections).toBe(connections);
  });

  it('is closed by the client when the settings change', async () => {
    const closed = Promise.withResolvers<void>();
    const { client, call } = await world((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(httpAnswer(200));
    });

    await call();
    client.close();

    await closed.promise;
  });

  it('is not used when the receiver has closed it, and costs no repetition then', async () => {
    const { server, call } = await world((socket) => socket.end(httpAnswer(200)));

    for (let round = 0; round < 3; round++) {
      expect(await call()).toEqual({ kind: 'delivered', status: 200 });
      await sleep(10);
    }

    expect(server).toMatchObject({ connections: 3, requests: { length: 3 } });
  });

  it('is closed at the first byte that nobody asked for', async () => {
    const { server, call } = await world((socket, { count }) => {
      socket.write(httpAnswer(count === 1 ? 200 : 500));
      if (count === 1) setTimeout(() => socket.write(httpAnswer(200)), 5);
    });

    expect(await call()).toMatchObject({ kind: 'delivered' });
    await sleep(30);

    expect(await call()).toMatchObject({ kind: 'retry', status: 500 });

    expect(server.connections).toBe(2);
  });

  it('rests before it is used again; whoever calls much gets another one', async () => {
    const at: number[] = [];
    const { server, call } = await world((socket) => {
      at.push(performance.now());
      socket.write(httpAnswer(200));
    });
    for (let n = 0; n < 11; n++) await call();

    expect(server.connections).toBe(1);
    expect(at.slice(1).every((ms, n) => ms - (at[n] ?? 0) >= 50)).toBe(true);

    for (let n = 0; n < 30; n++) await call();

    expect(server.connections).toBeGreaterThan(1);
    expect(server.connections).toBeLessThanOrEqual(6);
  });

  it('is not waited for where another one is opened sooner', async () => {
    const server = await rawServer((socket) => setTimeout(() => socket.write(httpAnswer(200)), 10));
    const client = clientOfPort(server.port);
    for (let n = 0; n < 12; n++) await client.attempt('900', BODY);

    expect(server.connections).toBeGreaterThan(3);
    expect(server.connections).toBeLessThanOrEqual(6);
  });

  it('does not hold up the next call of a receiver that serves one connection at a time', async () => {
    const { port, connections } = await oneAtATime();
    const client = clientOfPort(port, { timeoutSeconds: 2 });

    for (let n = 0; n < 20; n++)
      expect(await client.attempt('900', BODY)).toEqual({ kind: 'delivered', status: 200 });

    expect(connections()).toBe(2);
    client.close();
  });

  it('is closed when another one cannot be opened beside it', async () => {
    const ended = Promise.withResolvers<void>();
    const server = await rawServer((socket) => {
      socket.once('close', () => ended.resolve());
      socket.write(httpAnswer(200));
    });
    const url = new URL(`http://receiver.example:${server.port}/hook`);
    let opened = 0;
    const resolve = async () => {
      if (++opened > 1) await ended.promise; // as a TLS handshake that is not begun before
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const client = clientOfPort(server.port, { url, timeoutSeconds: 2 }, 1, resolve);

    expect(await client.attempt('900', BODY)).toMatchObject({ kind: 'delivered' });
    expect(await client.attempt('901', BODY)).toMatchObject({ kind: 'delivered' });

    expect(server.connections).toBe(2);
  });

  it('is the last one that is used twice, once a receiver sent what nobody had asked for', async () => {
    const { server, call } = await world((socket, { count }) => {
      socket.write(httpAnswer(200));
      if (count === 1) setTimeout(() => socket.write('\r\n'), 5);
    });

    for (let n = 0; n < 4; n++) {
      await call();
      await sleep(60);
    }

    expect(server.connections).toBe(4);
  });

  it('is not used for two attempts at a time', async () => {
    const { server, call } = await world((socket) => setTimeout(() => socket.write(httpAnswer(200)), 20), 2);

    await Promise.all([call(), call()]);
    await Promise.all([call(), call()]);

    expect(server).toMatchObject({ connections: 2, requests: { length: 4 } });
  });
});

it.each([
  ['connection: close', { connection: 'close' }],
  ['connection: Keep-Alive, Close', { connection: 'Keep-Alive, Close' }],
])('%s ends the connection', async (_, headers) => {
  const { server, call } = await world((socket) => socket.write(httpAnswer(200, '', headers)));

  await call();
  await call();

  expect(server.connections).toBe(2);
});
