import fc from 'fast-check';
import { expect, it } from 'vitest';
import { httpAnswer, rawServer } from '../../support/raw-server.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';
import { clientOfPort } from '../../support/webhook-call.ts';

/** An attempt may take its time-out of a second, and a loaded machine some more. */
const LONGEST_MS = 1_600;
const TOKEN = 'Bearer marked-token-value';
/** Eight letters or digits in a row of token, e-mail or signature; a shorter rest of a cut value tells nothing. */
const LEAK = /marked.to|marked.ex|v1,[\w+/]{9}/;
/** What a receiver makes of what it got. */
type Echo = (request: { readonly head: string; readonly body: string }) => Buffer;

/** Answers each request with the next bytes of a run; then it closes, or (one in twenty) leaves the connection open. */
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
  // 1xx answers are no answers: the attempt then waits for the real one until its connection ends.
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
