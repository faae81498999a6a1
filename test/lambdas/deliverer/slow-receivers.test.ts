import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { httpAnswer, rawServer } from '../../support/raw-server.ts';
import { tcpServer } from '../../support/tcp-server.ts';
import { clientOfPort } from '../../support/webhook-call.ts';

const BODY = '{"log_id":"900"}';
const timed = async <T>(work: Promise<T>) => {
  const startedAt = performance.now();
  return { value: await work, ms: performance.now() - startedAt };
};

it('no answer at all is a time-out of the answer', async () => {
  const server = await rawServer(() => {});
  const client = clientOfPort(server.port, { timeoutSeconds: 1 });
  const { value, ms } = await timed(client.attempt('900', BODY));

  expect(value).toEqual({ kind: 'retry', reason: 'timeout-response' });
  expect(ms).toBeGreaterThan(950);
  expect(ms).toBeLessThan(1_500);
});

it('a connection that is never made is a time-out of connecting', async () => {
  const server = await rawServer(() => {}); // of TCP; its TLS handshake never comes
  const url = new URL(`https://127.0.0.1:${server.port}/`);
  const { value, ms } = await timed(clientOfPort(1, { url, timeoutSeconds: 1 }).attempt('900', BODY));

  expect(value).toEqual({ kind: 'retry', reason: 'timeout-connect' });
  expect(ms).toBeLessThan(1_500);
});

it('headers that trickle in do not prolong the time-out', async () => {
  const server = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('x-more: 1\r\n'), 50);
    socket.once('close', () => clearInterval(timer));
  });
  const { value, ms } = await timed(clientOfPort(server.port, { timeoutSeconds: 1 }).attempt('900', BODY));

  expect(value).toEqual({ kind: 'retry', reason: 'timeout-response' });
  expect(ms).toBeLessThan(1_500);
});

it('a success does not wait for its body', async () => {
  const server = await rawServer((socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'),
  );
  const { value, ms } = await timed(clientOfPort(server.port).attempt('900', BODY));

  expect(value).toEqual({ kind: 'delivered', status: 200 });
  expect(ms).toBeLessThan(500);
});

it('the body of a failure is waited for two seconds, not for the time-out', async () => {
  const server = await rawServer((socket) =>
    socket.write('HTTP/1.1 500 No\r\ncontent-length: 100\r\n\r\nhalf'),
  );
  const { value, ms } = await timed(clientOfPort(server.port, { timeoutSeconds: 30 }).attempt('900', BODY));

  expect(value).toEqual({ kind: 'retry', reason: 'status', status: 500, excerpt: 'half' });
  expect(ms).toBeLessThan(2_600);
});

it('headers and body together stay within the time-out', async () => {
  const server = await rawServer((socket) => {
    setTimeout(() => socket.write('HTTP/1.1 500 No\r\ncontent-length: 100\r\n\r\nhalf'), 800);
  });
  const { value, ms } = await timed(clientOfPort(server.port, { timeoutSeconds: 1 }).attempt('900', BODY));

  expect(value).toEqual({ kind: 'retry', reason: 'status', status: 500, excerpt: 'half' });
  expect(ms).toBeLessThan(1_400);
});

it('a receiver that answers and never reads the body does not hold up the next attempts', async () => {
  let connections = 0;
  const port = await tcpServer((socket) => {
    connections++;
    socket.once('data', () => {
      socket.pause();
      socket.write(httpAnswer(200));
    });
  });
  const client = clientOfPort(port, { timeoutSeconds: 2 });

  const large = JSON.stringify({ log_id: '900', text: 'x'.repeat(6_000_000) }); // more than the sockets' buffers
  for (let attempt = 0; attempt < 3; attempt++)
    expect(await client.attempt('900', large)).toEqual({ kind: 'delivered', status: 200 });

  expect(connections).toBe(3);
});

it('an answer that switches protocols is none', async () => {
  const server = await rawServer((socket) =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  );
  const { value, ms } = await timed(clientOfPort(server.port).attempt('900', BODY));

  expect(value).toEqual({ kind: 'retry', reason: 'malformed-response', detail: 'switched-protocols' });
  expect(ms).toBeLessThan(1_000);
});

it('an endless body is cut, and its connection dropped', async () => {
  let written = 0;
  const closed = Promise.withResolvers<void>();
  const server = await rawServer((socket) => {
    socket.write('HTTP/1.1 500 No\r\ntransfer-encoding: chunked\r\n\r\n');
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const more = () => {
      written += chunk.length;
      if (socket.writable && socket.write(chunk)) setImmediate(more);
      else socket.once('drain', more);
    };
    socket.once('close', () => closed.resolve());
    more();
  });
  const outcome = await clientOfPort(server.port).attempt('900', BODY);

  expect(outcome).toMatchObject({ kind: 'retry', status: 500, excerpt: 'x'.repeat(1_024) });
  await closed.promise;

  expect(written).toBeLessThan(20 * 1_024 * 1_024);
});

it('the slow body of one answer does not make the next attempt fail', async () => {
  const server = await rawServer((socket, { count }) =>
    socket.write(count === 1 ? 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf' : httpAnswer(200)),
  );
  const client = clientOfPort(server.port, { timeoutSeconds: 1 });
  await client.attempt('900', BODY);
  await sleep(5);

  expect(await client.attempt('901', BODY)).toEqual({ kind: 'delivered', status: 200 });
});

it.each([
  ['a body that is cut', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', 'delivered'],
  ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 'delivered'],
  ['bytes after the answer', `${httpAnswer(200, 'ok')}garbage`, 'delivered'],
  ['half a status line', 'HTTP/1.1 20', 'retry'],
  ['half the headers', 'HTTP/1.1 200 OK\r\ncontent-le', 'retry'],
  ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'retry'],
  ['nothing', '', 'retry'],
])('after %s the outcome is by the status, if it was whole', async (_, bytes, kind) => {
  const server = await rawServer((socket) => socket.end(bytes));

  expect(await clientOfPort(server.port).attempt('900', BODY)).toMatchObject({ kind });
});
