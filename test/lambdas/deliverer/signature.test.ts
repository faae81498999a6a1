import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, it } from 'vitest';
import { signedHeaders } from '../../../lambdas/deliverer/signature.ts';

const OLD = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NEW = 'bmV3U2VjcmV0VGhhdElzTG9uZ0Vub3VnaEZvclRoZVNwZWM=';
const BODY = '{"log_id":"1","description":"Jürgen 😀"}';

it('is that of the published vector', () => {
  // Secret, id, time, body and signature are from Svix's documentation of manual verification.
  const headers = signedHeaders(
    [OLD],
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1_614_265_330_000,
    '{"test": 2432232314}',
  );

  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('the time is that of the attempt, in whole seconds', () => {
  expect(signedHeaders([OLD], 'x', 1_999, '')['webhook-timestamp']).toBe('1');
});

describe.each([
  ['standardwebhooks', (secret: string) => new StandardWebhook(secret)],
  ['svix', (secret: string) => new SvixWebhook(secret)],
])('the package %s', (_, verifier) => {
  it('verifies it, with and without the prefix of the secret', () => {
    const headers = signedHeaders([OLD], '900123', Date.now(), BODY);

    expect(verifier(OLD).verify(BODY, headers)).toEqual(JSON.parse(BODY));
    expect(verifier(`whsec_${OLD}`).verify(BODY, headers)).toEqual(JSON.parse(BODY));
  });

  it('verifies it with the old key alone and the new key alone while rotating', () => {
    const headers = signedHeaders([NEW, OLD], '900123', Date.now(), BODY);

    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    expect(verifier(OLD).verify(BODY, headers)).toEqual(JSON.parse(BODY));
    expect(verifier(NEW).verify(BODY, headers)).toEqual(JSON.parse(BODY));
  });

  it('refuses another body, another id and another key', () => {
    const headers = signedHeaders([OLD], '900123', Date.now(), BODY);

    expect(() => verifier(OLD).verify(`${BODY} `, headers)).toThrow();
    expect(() => verifier(OLD).verify(BODY, { ...headers, 'webhook-id': '900124' })).toThrow();
    expect(() => verifier(NEW).verify(BODY, headers)).toThrow();
  });
});
