import { describe, expect, it } from 'vitest';
import { httpAnswer, rawServer } from '../../support/raw-server.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';
import { clientOfPort } from '../../support/webhook-call.ts';

const LEFT_OUT = '(left out: it repeats the request)';
const SECRET = 'Bearer top-secret-token';
const EVENT = {
  log_id: '90020261123',
  request: {
    body: {
      'bob@example.com': true,
      email: 'ann@example.com',
      name: 'Jürgen Söder',
      bio: 'line one\nQUOTED "words" <b>',
      phone: 4915112345678,
    },
  },
};

/** The excerpt of a 500 whose body is made from the request. */
async function excerptOf(body: (request: { head: string; body: string }) => string, event: unknown = EVENT) {
  const server = await rawServer((socket, request) => socket.write(httpAnswer(500, body(request))));
  const client = clientOfPort(server.port, { headers: { authorization: SECRET } });
  const outcome = await client.attempt('90020261123', JSON.stringify(event));
  return outcome.kind === 'retry' ? outcome.excerpt : undefined;
}

it('what the receiver says is told, without control characters', async () => {
  expect(await excerptOf(() => '  boom\u0000\u001b[31m\r\n at x ')).toBe('boom [31m  at x');
  expect(await excerptOf(() => '')).toBeUndefined();
});

it('at most a kilobyte of it, in whole characters', async () => {
  const excerpt = await excerptOf(() => 'ü€'.repeat(2_000));

  expect(Buffer.byteLength(excerpt ?? '')).toBeLessThanOrEqual(1_024);
  expect(excerpt).toMatch(/^[ü€]+$/);
});

describe('a receiver that echoes shows neither secrets nor payload', () => {
  it.each([
    ['the whole request', ({ head, body }: { head: string; body: string }) => `${head}\n${body}`],
    ['the body', ({ body }: { body: string }) => `cannot parse: ${body}`],
    ['a header', () => `bad authorization ${SECRET}`],
    ['the token alone', () => 'unknown token top-secret-token'],
    ['a part of the token in base64', () => Buffer.from('top-secret-token').toString('base64')],
    ['a key that is an address', () => 'unknown key bob@example.com'],
    ['a signature', ({ head }: { head: string }) => /webhook-signature: (.*)/.exec(head)?.[1] ?? ''],
    ['a value', () => 'unknown user ann@example.com'],
    ['a value that is cut at the end of the excerpt', () => `${'x'.repeat(1_014)}ann@example.com`],
    ['a value that the receiver cut', () => 'value too long: "ann@exampl…"'],
    ['a value with a line break, as it stands', () => 'bad bio: line one\nQUOTED "words"'],
    ['a value as JSON writes it', () => `bad bio: ${JSON.stringify(EVENT.request.body.bio)}`],
    ['a value as HTML writes it', () => '<p>bad bio: QUOTED &quot;words&quot; &lt;b&gt;</p>'],
    ['a number', () => 'unknown phone 4915112345678'],
    ['a value percent-encoded', () => 'not found: /users/ann%40example.com'],
    ['accents as JSON escapes', () => String.raw`no \u004a\u00fcrgen S\u00f6der here`],
    ['accents percent-encoded', () => 'no J%C3%BCrgen%20S%C3%B6der here'],
    ['accents as HTML entities', () => 'no J&uuml;rgen S&#246;der here'],
    ['accents as they are', () => 'no Jürgen Söder here'],
  ])('%s', async (_, answer) => {
    expect(await excerptOf(answer)).toBe(LEFT_OUT);
  });

  it('nor does the secret itself ever leave', async () => {
    const server = await rawServer((socket) => socket.write(httpAnswer(500, SIGNING_SECRET.slice(0, 20))));
    await clientOfPort(server.port).attempt('900', JSON.stringify(EVENT));

    expect(server.requests[0]?.head).not.toContain(SIGNING_SECRET);
  });
});

it('a short token is a token', async () => {
  const server = await rawServer((socket) => socket.write(httpAnswer(401, 'unknown token abc1234')));
  const client = clientOfPort(server.port, { headers: { authorization: 'Bearer abc1234' } });

  expect(await client.attempt('900', '{}')).toMatchObject({ excerpt: LEFT_OUT });
});

it('short words that happen to be in the payload hide nothing', async () => {
  expect(
    await excerptOf(() => 'user is blocked: true', { log_id: '1', type: 'sapi', a: 'true', b: 'user' }),
  ).toBe('user is blocked: true');
});

it('a body nested deeply does not hide the status', async () => {
  const deep = JSON.parse(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`);

  expect(await excerptOf(() => 'down for maintenance', deep)).toBe('down for maintenance');
});
