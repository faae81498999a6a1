import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { httpAnswer, type RawRequest, rawServer } from '../../../support/raw-server.ts';
import { clientOfPort, distantClientOf } from '../../../support/webhook-call.ts';

const BODY = '{"log_id":"900"}';
const chunked = '2\r\nok\r\n0\r\n\r\n';

/**
 * Odd answers. curl 7.88 tells the status of each but the one that begins with an empty line; about
 * some it complains afterwards.
 */
const ODD: [string, string][] = [
  ['LF-only lines', 'HTTP/1.1 200 OK\ncontent-length: 2\n\nok'],
  ['LF in some lines', 'HTTP/1.1 200 OK\r\nx-a: b\ncontent-length: 2\r\n\r\nok'],
  ['a folded header', 'HTTP/1.1 200 OK\r\nx-a: a,\r\n  folded: 1\r\ncontent-length: 2\r\n\r\nok'],
  ['a header folded by a tab', 'HTTP/1.1 200 OK\nx-a: a,\n\tb\ncontent-length: 2\n\nok'],
  ['a fold before any header', 'HTTP/1.1 200 OK\r\n x-a: b\r\ncontent-length: 2\r\n\r\nok'],
  ['a control character in a value', 'HTTP/1.1 200 OK\r\nx-a: a\x01\x07b\r\ncontent-length: 2\r\n\r\nok'],
  ['a zero byte in a value', 'HTTP/1.1 200 OK\r\nx-a: a\0b\r\ncontent-length: 2\r\n\r\nok'],
  ['a lone CR in a value', 'HTTP/1.1 200 OK\r\nx-a: a\rb\r\ncontent-length: 2\r\n\r\nok'],
  [
    'Content-Length before chunked',
    `HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n${chunked}`,
  ],
  [
    'Content-Length after chunked',
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n${chunked}`,
  ],
  ['Content-Length twice and equal', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\nok'],
  ['Content-Length as an equal list', 'HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\nok'],
  [
    'Content-Length twice and different',
    'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok',
  ],
  ['a negative Content-Length', 'HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\nok'],
  ['a space before the colon', 'HTTP/1.1 200 OK\r\nx-a : b\r\ncontent-length : 2\r\n\r\nok'],
  ['a line without a colon', 'HTTP/1.1 200 OK\r\ngarbage\r\ncontent-length: 2\r\n\r\nok'],
  ['a name beyond ASCII', 'HTTP/1.1 200 OK\r\nx-\xfc: b\r\ncontent-length: 2\r\n\r\nok'],
  ['an empty name', 'HTTP/1.1 200 OK\r\n: b\r\ncontent-length: 2\r\n\r\nok'],
  ['an unknown coding', `HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n${chunked}`],
  ['a coding that is none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: identity\r\ncontent-length: 2\r\n\r\nok'],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok'],
  [
    'HTTP/1.0 that promises to keep',
    'HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok',
  ],
  ['no length at all', 'HTTP/1.1 200 OK\r\n\r\nok'],
  ['an empty line first', '\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'],
  ['a 204 with a body', 'HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nok'],
  ['a 204 with chunks', `HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n${chunked}`],
];

/** Answers that are unusual, but whose end is beyond doubt. */
const UNUSUAL: [string, string][] = [
  ['no reason', 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok'],
  ['a reason beyond ASCII', 'HTTP/1.1 200 Verg\xfctung\r\ncontent-length: 2\r\n\r\nok'],
  ['a head of 60 kB', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(60_000)}\r\ncontent-length: 2\r\n\r\nok`],
];

/** Makes two attempts. At the first the receiver answers oddly; at the second it fails. */
async function twice(answer: (socket: Socket, request: RawRequest) => void, pauseMs = 0) {
  const server = await rawServer((socket, request) => {
    if (request.count === 1) answer(socket, request);
    else socket.write(httpAnswer(500));
  });
  const client = distantClientOf(server.port, { timeoutSeconds: 2 });
  const first = await client.attempt('900', BODY);
  if (pauseMs > 0) await sleep(pauseMs);
  const second = await client.attempt('901', BODY);
  return { first, second, server };
}

describe('of an answer that curl takes the status counts, and its connection is not used again', () => {
  it.each(ODD)('%s', async (_, answer) => {
    const { first, second, server } = await twice((socket) => socket.write(Buffer.from(answer, 'latin1')));

    expect(first).toMatchObject({ kind: 'delivered' });
    expect(second).toMatchObject({ kind: 'retry', status: 500 });
    expect(server).toMatchObject({ connections: 2, requests: { length: 2 } });
  });

  it.each(ODD)('%s, byte by byte', async (_, answer) => {
    const bytes = Buffer.from(answer, 'latin1');
    const step = Math.ceil(bytes.length / 100);
    const { first, second } = await twice(async (socket) => {
      for (let at = 0; at < bytes.length; at += step) {
        socket.write(bytes.subarray(at, at + step));
        await sleep(0);
      }
    });

    expect(first).toMatchObject({ kind: 'delivered' });
    expect(second).toMatchObject({ kind: 'retry', status: 500 });
  });

  it.each(UNUSUAL)('%s (the connection is kept)', async (_, answer) => {
    const { first, second, server } = await twice((socket) => socket.write(Buffer.from(answer, 'latin1')));

    expect(first).toMatchObject({ kind: 'delivered' });
    expect(second).toMatchObject({ kind: 'retry', status: 500 });
    expect(server.connections).toBe(1);
  });

  it('tells a failure with its headers and excerpt all the same', async () => {
    const { first } = await twice((socket) =>
      socket.write('HTTP/1.1 503 Busy\nRetry-After : 120\nx-a: b\n  c\ncontent-length: 4\n\nbusy'),
    );

    expect(first).toEqual({
      kind: 'retry',
      reason: 'status',
      status: 503,
      retryAfterSeconds: 120,
      excerpt: 'busy',
    });
  });
});

const SMUGGLED = httpAnswer(200, 'smuggled');

describe('no answer makes a later request be misread', () => {
  it.each([
    ['a whole second answer', `${httpAnswer(200, 'ok')}${SMUGGLED}`],
    ['a second answer behind a 204', `HTTP/1.1 204 x\r\n\r\n${SMUGGLED}`],
    ['a second answer behind a 304', `HTTP/1.1 304 x\r\n\r\n${SMUGGLED}`],
    ['one as the body of a 204', `HTTP/1.1 204 x\r\ncontent-length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`],
    [
      'one in what chunked hides',
      `HTTP/1.1 200 x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    [
      'one behind the shorter length',
      `HTTP/1.1 200 x\r\ncontent-length: 2\r\ncontent-length: 99\r\n\r\nok${SMUGGLED}`,
    ],
    ['one in a folded length', `HTTP/1.1 200 x\r\ncontent-length: 0\r\n 9\r\n\r\n${SMUGGLED}`],
    ['one behind an LF-only head', `HTTP/1.1 200 x\ncontent-length: 0\n\n${SMUGGLED}`],
    ['one behind a length with a space', `HTTP/1.1 200 x\r\ncontent-length : 0\r\n\r\n${SMUGGLED}`],
    ['one behind a length with a sign', `HTTP/1.1 200 x\r\ncontent-length: +0\r\n\r\n${SMUGGLED}`],
    ['one in a trailer', `HTTP/1.1 200 x\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx: y\r\n\r\n${SMUGGLED}`],
    [
      'one in a chunk whose size overflows',
      `HTTP/1.1 200 x\r\ntransfer-encoding: chunked\r\n\r\nfffffffff\r\n${SMUGGLED}`,
    ],
    [
      'one in a chunk extension',
      `HTTP/1.1 200 x\r\ntransfer-encoding: chunked\r\n\r\n0;a\n\r\n\r\n${SMUGGLED}`,
    ],
    [
      'one behind an informational answer',
      `HTTP/1.1 103 x\r\ncontent-length: 0\r\n\r\n${httpAnswer(200)}${SMUGGLED}`,
    ],
  ])('%s', async (_, answer) => {
    const apart = [answer.slice(0, -SMUGGLED.length), SMUGGLED];
    for (const [parts, pauseMs] of [
      [[answer], 0],
      [halves(answer), 0],
      [apart, 30], // it comes while the connection is idle
    ] as const) {
      const { second } = await twice(async (socket) => {
        for (const part of parts) {
          socket.write(part);
          await sleep(2);
        }
      }, pauseMs);

      expect(second).toMatchObject({ kind: 'retry', status: 500 });
    }
  });
});

function halves(text: string): readonly string[] {
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

describe('what is no answer says what it is', () => {
  it.each([
    ['no-http', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['no-http', 'HTTP/2 200\r\n\r\n'],
    ['no-http', 'HTTP/1.1 abc\r\n\r\n'],
    ['no-http', '<html></html>'],
    ['head-too-large', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(70_000)}\r\n\r\n`],
    ['head-too-large', 'HTTP/1.1 103 Early Hints\r\nx-a: 1234567890\r\n\r\n'.repeat(2_000)],
    ['switched-protocols', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'],
  ])('%s: %j', async (detail, answer) => {
    const server = await rawServer((socket) => socket.write(answer)); // and leaves the connection open
    const client = clientOfPort(server.port, { timeoutSeconds: 2 });

    expect(await client.attempt('900', BODY)).toEqual({
      kind: 'retry',
      reason: 'malformed-response',
      detail,
    });
  });

  it.each([
    ['HTTP/1.1 20', { reason: 'malformed-response', detail: 'cut-short' }],
    ['HTTP/1.1 200 OK\r\ncontent-le', { reason: 'malformed-response', detail: 'cut-short' }],
    ['', { reason: 'connection', detail: 'closed' }],
  ])('an end after %j', async (answer, why) => {
    const server = await rawServer((socket) => socket.end(answer));

    expect(await clientOfPort(server.port).attempt('900', BODY)).toEqual({ kind: 'retry', ...why });
  });
});

it.each([
  ['100', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['103 with headers', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
  ['several', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n'],
])('informational answers are passed over, and the connection is kept: %s', async (_, informational) => {
  const server = await rawServer((socket) => {
    socket.write(informational);
    setTimeout(() => socket.write(httpAnswer(202)), 10);
  });
  const client = distantClientOf(server.port);

  expect(await client.attempt('900', BODY)).toEqual({ kind: 'delivered', status: 202 });
  expect(await client.attempt('901', BODY)).toEqual({ kind: 'delivered', status: 202 });
  expect(server.connections).toBe(1);
});
