import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { authority } from '../../support/certificates.ts';
import { httpAnswer, rawServer } from '../../support/raw-server.ts';
import { tcpServer } from '../../support/tcp-server.ts';
import { distantClientOf } from '../../support/webhook-call.ts';

const BODY = '{"log_id":"900"}';
const LARGE = JSON.stringify({ log_id: '900', text: 'x'.repeat(6_000_000) }); // more than the sockets' buffers
const DELIVERED = { kind: 'delivered', status: 200 };

describe('a receiver that', () => {
  it('drops every second connection gets every second event, none of them twice', async () => {
    let connections = 0;
    const got: string[] = [];
    const port = await tcpServer((socket) => {
      if (++connections % 2 === 0) socket.destroy();
      socket.once('data', (bytes) => {
        got.push(/webhook-id: (\d+)/.exec(bytes.toString('latin1'))?.[1] ?? '');
        socket.end(httpAnswer(200));
      });
    });
    const client = distantClientOf(port);

    const outcomes = [];
    for (const id of ['900', '901', '902', '903']) {
      outcomes.push(await client.attempt(id, BODY));
      await sleep(10);
    }

    expect(outcomes.map(({ kind }) => kind)).toEqual(['delivered', 'retry', 'delivered', 'retry']);
    expect(got).toEqual(['900', '902']);
  });

  it('answers 200 and resets has the event, and the next one needs no repetition', async () => {
    const server = await rawServer((socket) =>
      socket.write(httpAnswer(200, 'ok'), () => setImmediate(() => socket.resetAndDestroy())),
    );
    const client = distantClientOf(server.port);

    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await client.attempt('900', BODY)).toEqual(DELIVERED);
      await sleep(20);
    }

    expect(server).toMatchObject({ connections: 3, requests: { length: 3 } });
  });

  it('speaks HTTP/1.0 and ends its body with the connection is told by its status', async () => {
    const server = await rawServer((socket, { count }) =>
      socket.end(count === 1 ? 'HTTP/1.0 200 OK\r\n\r\nfine' : 'HTTP/1.0 500 No\r\n\r\nbroken'),
    );
    const client = distantClientOf(server.port);

    expect(await client.attempt('900', BODY)).toEqual(DELIVERED);
    expect(await client.attempt('901', BODY)).toEqual({
      kind: 'retry',
      reason: 'status',
      status: 500,
      excerpt: 'broken',
    });
  });

  it('refuses a large body before it has read it, and resets, is heard', async () => {
    const port = await tcpServer((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write(httpAnswer(413, 'too large'));
        setTimeout(() => socket.resetAndDestroy(), 50);
      });
    });

    expect(await distantClientOf(port).attempt('900', LARGE)).toEqual({
      kind: 'retry',
      reason: 'status',
      status: 413,
      excerpt: 'too large',
    });
  });

  it('reads a large body slowly gets it within the time-out, or a time-out is told', async () => {
    const port = await tcpServer((socket) => {
      const timer = setInterval(() => socket.read(1_000), 5);
      socket.pause().on('close', () => clearInterval(timer));
    });
    const startedAt = performance.now();

    expect(await distantClientOf(port, { timeoutSeconds: 1 }).attempt('900', LARGE)).toEqual({
      kind: 'retry',
      reason: 'timeout-response',
    });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('redirects to itself is called once', async () => {
    const server = await rawServer((socket) =>
      socket.write(httpAnswer(307, '', { location: '/hook?key=1' })),
    );
    const client = distantClientOf(server.port);

    expect(await client.attempt('900', BODY)).toMatchObject({ kind: 'retry', reason: 'redirect' });
    expect(server.requests).toHaveLength(1);
  });

  it('trickles its answer byte by byte is heard within the time-out, and not for longer', async () => {
    const trickle = (everyMs: number) => async (socket: Socket) => {
      for (const byte of httpAnswer(503, 'busy')) {
        socket.write(byte);
        await sleep(everyMs);
      }
    };
    const quick = await rawServer(trickle(2));
    const slow = await rawServer(trickle(200));

    expect(await distantClientOf(quick.port).attempt('900', BODY)).toMatchObject({
      status: 503,
      excerpt: 'busy',
    });
    expect(await distantClientOf(slow.port, { timeoutSeconds: 1 }).attempt('900', BODY)).toEqual({
      kind: 'retry',
      reason: 'timeout-response',
    });
  });

  it('is Node’s own server with all its defaults keeps one connection', async () => {
    const ports = new Set<number | undefined>();
    const server = createHttpServer((request, response) => {
      ports.add(request.socket.remotePort);
      request.resume().on('end', () => response.end('done'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    const client = distantClientOf(typeof address === 'object' ? (address?.port ?? 0) : 0);

    for (let attempt = 0; attempt < 5; attempt++) {
      expect(await client.attempt('900', BODY)).toEqual(DELIVERED);
      await sleep(5);
    }

    expect(ports.size).toBe(1);
  });

  it('renegotiates TLS before it answers is heard', async () => {
    const ours = await authority('Ours');
    const tls = { ...(await ours.issue('localhost')), maxVersion: 'TLSv1.2' } as const;
    const server = await rawServer((socket) => {
      if (!(socket instanceof TLSSocket)) return;
      socket.renegotiate({ rejectUnauthorized: false, requestCert: true }, () =>
        socket.write(httpAnswer(200)),
      );
    }, tls);
    const url = new URL(`https://localhost:${server.port}/`);

    const outcome = await distantClientOf(1, { url, ca: ours.ca, timeoutSeconds: 3 }).attempt('900', BODY);

    expect(outcome).toEqual(DELIVERED);
  });
});
