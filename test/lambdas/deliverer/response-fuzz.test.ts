import type { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { httpAnswer, rawServer } from '../../support/raw-server.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';
import { clientOfPort } from '../../support/webhook-call.ts';

/** How long an attempt may take: its time-out of a second, and some more on a loaded machine. */
const LONGEST_MS = 1_600;
const TOKEN = 'Bearer marked-token-value';
/**
 * Eight letters or digits in a row of token, e-mail or signature. A shorter rest of a cut value
 * says nothing.
 */
const LEAK = /marked.to|marked.ex|v1,[\w+/]{9}/;
/** What a receiver makes of the request that it got. */
type Echo = (request: { readonly head: string; readonly body: string }) => Buffer;

/**
 * Answers each request with the next bytes of a run. Then it closes the connection or, one time in
 * twenty, leaves it open.
 */
async function outcomes(answers: readonly (Buffer | Echo)[]) {
  let next = 0;
  const server = await rawServer((socket, request) => {
    const answer = answers[next];
    const bytes = typeof answer === 'function' ? answer(request) : (answer ?? '');
    if (next % 20 === 19) socket.write(bytes);
    else socket.end(bytes);
  });
  const client = clientOfPort(server.port, { timeoutSeconds: 1, headers: { authorization: TOKEN } });
  const results: unknown[] = [];
  for (; next < answers.length; next++) {
    const startedAt = performance.now();
    const outcome = await client.attempt('900', '{"log_id":"900","email":"marked@example.com"}');
    expect(performance.now() - startedAt).toBeLessThan(LONGEST_MS);
    expect(['delivered', 'retry']).toContain(outcome.kind);
    if (outcome.kind === 'delivered') expect(Math.floor(outcome.status / 100)).toBe(2);
    expect(JSON.stringify(outcome)).not.toMatch(LEAK);
    expect(JSON.stringify(outcome)).not.toContain(SIGNING_SECRET);
    results.push(outcome);
  }
  return results;
}

it('any bytes in place of an answer are an outcome, in time, and nothing leaks', async () => {
  const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
  const header = fc.tuple(fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'binary-ascii' }));
  const answer = fc
    .record({
      version: fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9', 'http/1.1', ''),
      status: fc.oneof(fc.integer({ min: 0, max: 1_200 }).map(String), fc.string({ maxLength: 5 })),
      headers: fc.array(
        fc.oneof(
          header,
          fc.constant(['content-length', '5'] as const),
          fc.constant(['transfer-encoding', 'chunked'] as const),
        ),
      ),
      body: fc.string({ unit: 'binary', maxLength: 100 }),
    })
    .map(({ version, status, headers, body }) =>
      Buffer.from(
        `${version} ${status} x\r\n${headers.map((pair) => pair.join(': ')).join('\r\n')}\r\n\r\n${body}`,
      ),
    );
  // A 1xx answer is no answer. The attempt waits for the real one until its connection ends.
  const echo = fc
    .record({
      status: fc.integer({ min: 200, max: 599 }),
      from: fc.nat(300),
      length: fc.integer({ min: 8, max: 900 }),
    })
    .map(
      ({ status, from, length }): Echo =>
        ({ head, body }) =>
          Buffer.from(httpAnswer(status, `${head}\n${body}`.slice(from, from + length))),
    );
  const answers = fc.sample(fc.oneof(bytes, answer, echo), { numRuns: 250, seed: 20_261_123 });

  expect(await outcomes(answers)).toHaveLength(250);
});

it('an answer that is cut at any byte is an outcome', async () => {
  const whole = Buffer.from(httpAnswer(200, '{"ok":true}', { 'x-a': 'b' }));
  const results = await outcomes([...whole.keys()].map((length) => whole.subarray(0, length)));
  const headers = whole.indexOf('\r\n\r\n') + 4;
  results.forEach((outcome, length) => {
    expect(outcome).toMatchObject({ kind: length < headers ? 'retry' : 'delivered' });
  });
});

/**
 * Answers a request that asks for the status `own`. A whole answer of the other status is hidden
 * somewhere in it.
 */
function hiding(own: number, other: string) {
  const framing = fc.constantFrom(
    'content-length: 0\r\n',
    'content-length: 0\n',
    'content-length: 5\r\n',
    'content-length: 5\r\ncontent-length: 5\r\n',
    'content-length : 0\r\n',
    'Content-Length: 0, 0\r\n',
    'transfer-encoding: chunked\r\n',
    'transfer-encoding: chunked\r\ncontent-length: 3\r\n',
    'transfer-encoding: identity\r\n',
    'transfer-encoding:\r\n chunked\r\n',
    'x: y\r\n z\r\n',
    'connection: keep-alive\r\n',
    '',
  );
  const body = fc.constantFrom(
    '',
    'hello',
    '0\r\n\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
    '\r\n',
    '0\r\nx: y\r\n\r\n',
    'ffffffff\r\n',
  );
  return fc
    .record({
      before: fc.constantFrom(
        '',
        '',
        'HTTP/1.1 100 Continue\r\n\r\n',
        'HTTP/1.1 103 x\ncontent-length: 9\n\n',
        '\r\n',
      ),
      framing: fc.array(framing, { maxLength: 3 }),
      end: fc.constantFrom('\r\n', '\n'),
      body,
      hidden: fc.constantFrom(other, `\r\n${other}`, ''),
      cut: fc.nat(400),
    })
    .map(({ before, framing: lines, end, body: content, hidden, cut }) => {
      const head = `${before}HTTP/1.1 ${own} x\r\n${lines.join('')}${end}`;
      const bytes = `${head}${content}${hidden}`;
      // The hidden answer is in the head or comes at once. One that comes apart from a whole answer
      // is another test's.
      return {
        first: bytes.slice(0, Math.min(cut, head.length - 1)),
        rest: bytes.slice(Math.min(cut, head.length - 1)),
      };
    });
}

it('takes no bytes of one answer for the answer to the next request', async () => {
  const lost = fc.sample(hiding(500, httpAnswer(200)), { numRuns: 150, seed: 20_261_126 });
  const done = fc.sample(hiding(200, httpAnswer(500)), { numRuns: 150, seed: 20_261_127 });
  const patience = new Map<Socket, NodeJS.Timeout>();
  const answerTo = (request: number) => [lost, done][request % 2]?.[Math.floor(request / 2) % 150];
  const server = await rawServer(async (socket, { count }) => {
    clearTimeout(patience.get(socket));
    socket.write(answerTo(count)?.first ?? '');
    await new Promise((resolve) => setImmediate(resolve));
    socket.write(answerTo(count)?.rest ?? '');
    patience.set(
      socket,
      setTimeout(() => socket.end(), 15), // whoever still waits then for more of a body waits in vain
    );
  });
  const client = clientOfPort(server.port, { timeoutSeconds: 5 });

  for (let request = 1; request <= 300; request++) {
    const outcome = await client.attempt('900', '{}');
    expect(server.requests).toHaveLength(request);
    expect(outcome, JSON.stringify(answerTo(request))).toMatchObject(
      request % 2 === 0 ? { kind: 'retry' } : { kind: 'delivered' },
    );
  }
});
