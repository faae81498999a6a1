import { describe, expect, test } from 'vitest';
import { eventBody } from '../../../../lambdas/poller/events/event-body.ts';
import { logEvent } from '../../../support/log-event.ts';

const body = (event: unknown, payload: 'compact' | 'full' = 'compact', ...redact: string[]) =>
  JSON.parse(eventBody(event, { payload, redact: redact.map((path) => path.split('.')) }).json);

const event = logEvent({
  body: { email: 'ann@example.com', users: [{ email: 'a@x.org' }, { name: 'b' }, [{ email: 'c@x.org' }]] },
  response: { user_id: 'auth0|1', email: 'ann@example.com' },
});

test('compact is the three fields of the webtask, and log_id, type and description', () => {
  expect(Object.keys(body(event))).toEqual(['date', 'request', 'response', 'log_id', 'type', 'description']);
  expect(body(event)).toMatchObject({
    request: { method: 'patch' },
    response: { statusCode: 200 },
    type: 'sapi',
  });
});

test('full is the log event as it came', () => {
  expect(body(event, 'full')).toEqual(event);
});

test('an entry that is no object stands under `entry`, with an id of its content', () => {
  expect(body(['odd'], 'full')).toEqual({
    entry: ['odd'],
    log_id: expect.stringMatching(/^sha256-[0-9a-f]{64}$/),
  });
  expect(body(null)).toEqual({ log_id: expect.stringMatching(/^sha256-/) });
});

describe('redaction', () => {
  test('replaces the value at a path, and nothing else', () => {
    const redacted = body(event, 'compact', 'request.body.email', 'request.auth');
    expect(redacted.request).toMatchObject({ method: 'patch', auth: '[redacted]' });
    expect(redacted.request.body.email).toBe('[redacted]');
    expect(redacted.response.body.email).toBe('ann@example.com');
  });

  test('goes through lists, also lists of lists', () => {
    expect(body(event, 'compact', 'request.body.users.email').request.body.users).toEqual([
      { email: '[redacted]' },
      { name: 'b' },
      [{ email: '[redacted]' }],
    ]);
  });

  test('finds the same path in the full body, and the log event’s own fields', () => {
    const redacted = body(event, 'full', 'request.body.email', 'ip');
    expect(redacted.details.request.body.email).toBe('[redacted]');
    expect(redacted.ip).toBe('[redacted]');
  });

  test('leaves the log event itself as it was', () => {
    body(event, 'full', 'details.request.body.email');
    expect(event).toMatchObject({ details: { request: { body: { email: 'ann@example.com' } } } });
  });

  test('takes a path that leads nowhere, or into a prototype, for nothing', () => {
    const paths = [
      'request.body.email.x',
      'nowhere.x',
      'constructor.name',
      '__proto__.x',
      'request.toString',
    ];
    expect(body(event, 'compact', ...paths)).toEqual(body(event));
  });

  test('survives lists nested deeper than the stack', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    const odd = logEvent({ body: deep });
    expect(body(odd, 'compact', 'request.body.email').log_id).toBe(odd.log_id);
  });
});
