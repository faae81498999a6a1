import { describe, expect, it } from 'vitest';
import { parseAuth0Settings } from '../../../../lambdas/shared/settings/auth0-settings.ts';
import { ANY_DEPTH, ANY_KEY, keyPaths } from '../../../../lambdas/shared/settings/key-path.ts';

const parse = (REDACT: string, PAYLOAD = 'compact') =>
  parseAuth0Settings(
    JSON.stringify({
      AUTH0_DOMAIN: 'example.eu.auth0.com',
      AUTH0_CLIENT_ID: 'id',
      AUTH0_CLIENT_SECRET: 'secret',
      REDACT,
      PAYLOAD,
    }),
  );

it.each([
  ['request.body.email', [['request', 'body', 'email']]],
  ['request . ip, response', [['request', 'ip'], ['response']]],
  [
    String.raw`request.body.app_metadata.https://example\.com/roles`,
    [['request', 'body', 'app_metadata', 'https://example.com/roles']],
  ],
  [String.raw`request.body.https://example\.co\.uk.x`, [['request', 'body', 'https://example.co.uk', 'x']]],
  ['request.body.http://localhost/roles.x', [['request', 'body', 'http://localhost/roles', 'x']]],
  [String.raw`request.body.a\,b`, [['request', 'body', 'a,b']]],
  [String.raw`request.body.\*`, [['request', 'body', '*']]],
  ['request.*.email', [['request', ANY_KEY, 'email']]],
  ['**.email', [[ANY_DEPTH, 'email']]],
  ['request.**', [['request', ANY_KEY]]],
  ['details.request.body', [['request', 'body']]],
  ['request.body.0.email', [['request', 'body', '0', 'email']]],
])('%s', (text, paths) => {
  expect(keyPaths(text)).toEqual(paths);
});

describe('a path that can hide nothing by its form is a fault that says why', () => {
  it.each([
    ['a..b', ''],
    ['.a', ''],
    ['a.', ''],
    ['$.request.body', '$'],
    ['request.body[0].email', '[0]'],
    ['request.body[*].email', '[*]'],
    ['request/body/email', 'slashes'],
    ['/request/body', 'slashes'],
    ['request.body.app_metadata.https://example.com/roles', 'dot within a key'],
    [String.raw`request.body.https://example\.co.uk/roles`, 'dot within a key'],
    ['request.user*', ''],
    ['request.***.email', ''],
    ['log_id', 'duplicates'],
    ['request.body.email, log_id', 'duplicates'],
  ])('%s', (text, why) => {
    const parsed = parse(text);

    expect(parsed).toMatchObject({ faults: [{ key: 'REDACT', expected: expect.stringContaining(why) }] });
  });
});

it('warns of a path that no compact body has, and repeats nothing of it', () => {
  expect(parse('MARKED.email, request.ip')).toMatchObject({
    warnings: [{ key: 'REDACT', expected: expect.stringMatching(/1 of them hide nothing/) }],
  });
  expect(JSON.stringify(parse('MARKED.email'))).not.toMatch(/"expected":"[^"]*MARKED/);
  expect(parse('ip, request.ip', 'full')).toMatchObject({ warnings: [] });
  expect(parse('**.email, user_name, *.ip')).toMatchObject({ warnings: [] });
});
