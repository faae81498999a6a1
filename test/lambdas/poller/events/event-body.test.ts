import { describe, expect, it } from 'vitest';
import { eventBody } from '../../../../lambdas/poller/events/event-body.ts';
import { field } from '../../../../lambdas/shared/log-event.ts';
import { COMPACT_KEYS } from '../../../../lambdas/shared/settings/body-settings.ts';
import { keyPaths } from '../../../../lambdas/shared/settings/key-path.ts';
import { createLife } from '../../../../local/stand-ins/tenant/life.ts';
import { logEvent } from '../../../support/log-event.ts';

const body = (event: unknown, payload: 'compact' | 'full' = 'compact', ...redact: string[]) =>
  JSON.parse(eventBody(event, { payload, redact: keyPaths(redact.join(',')) ?? [] }).json);

const event = logEvent({
  body: { email: 'ann@example.com', users: [{ email: 'a@x.org' }, { name: 'b' }, [{ email: 'c@x.org' }]] },
  response: { user_id: 'auth0|1', email: 'ann@example.com' },
});

it('compact is the three fields of the webtask, and log_id, type and description', () => {
  expect(Object.keys(body(event))).toEqual(['date', 'request', 'response', 'log_id', 'type', 'description']);
  expect(body(event)).toMatchObject({
    request: { method: 'patch' },
    response: { statusCode: 200 },
    type: 'sapi',
  });
});

describe('compact, where an entry tells of no call of the Management API', () => {
  const signUp = logEvent({
    type: 'ss',
    clientId: 'app',
    fields: {
      user_id: 'auth0|7',
      user_name: 'ann@example.com',
      connection: 'Users',
      connection_id: 'con_1',
      organization_id: 'org_1',
      details: { body: { email: 'ann@example.com' } },
    },
  });

  it('carries what identifies the event', () => {
    expect(body(signUp)).toMatchObject({
      type: 'ss',
      user_id: 'auth0|7',
      user_name: 'ann@example.com',
      connection: 'Users',
      connection_id: 'con_1',
      client_id: 'app',
      organization_id: 'org_1',
      details: { body: { email: 'ann@example.com' } },
    });
  });

  it('begins with nothing but what REDACT is told to begin with', () => {
    const call = {
      ...signUp,
      details: { request: { method: 'POST', path: '/me/v1/x' }, response: {}, body: {} },
    };

    expect(Object.keys(body(call)).toSorted()).toEqual(COMPACT_KEYS.toSorted());
  });

  it('carries only what the entry has', () => {
    const { user_name: _, organization_id: __, details: ___, ...rest } = signUp;

    expect(Object.keys(body(rest))).toEqual([
      'date',
      'log_id',
      'type',
      'description',
      'user_id',
      'connection',
      'connection_id',
      'client_id',
    ]);
  });

  it('says request and response once, and who it was', () => {
    const request = { method: 'DELETE', path: '/me/v1/authentication-methods/x' };
    const mine = { ...signUp, details: { request, operation: 'delete' } };

    expect(body(mine)).toMatchObject({ request, user_id: 'auth0|7', details: { operation: 'delete' } });
    expect(body(mine).details).not.toHaveProperty('request');
    expect(body({ ...signUp, details: { request } })).not.toHaveProperty('details');
  });

  it('is redacted by the same paths', () => {
    const redacted = body(signUp, 'compact', 'user_name', 'details.body.email');

    expect(redacted).toMatchObject({ user_name: '[redacted]', details: { body: { email: '[redacted]' } } });
  });
});

it('what receivers of the Management API’s events get is what it was, byte for byte', () => {
  const life = createLife(7);
  const calls = Array.from({ length: 400 }, (_, index) => life.next(1_790_000_000_000 + index * 1_000))
    .flat()
    .map((entry, index): Record<string, unknown> => ({ ...entry, log_id: String(index).padStart(56, '9') }))
    .filter(({ type }) => type === 'sapi' || type === 'mgmt_api_read');

  const bodies = calls.map((entry) => eventBody(entry, { payload: 'compact', redact: [] }).json);

  expect(calls.length).toBeGreaterThan(100);
  expect(bodies).toEqual(
    calls.map((entry) =>
      JSON.stringify({
        date: entry.date,
        request: field(entry, 'details', 'request'),
        response: field(entry, 'details', 'response'),
        log_id: entry.log_id,
        type: entry.type,
        description: entry.description,
      }),
    ),
  );
});

it('full is the log event as it came', () => {
  expect(body(event, 'full')).toEqual(event);
});

it('an entry that is no object stands under `entry`, with an id of its content', () => {
  expect(body(['odd'], 'full')).toEqual({
    entry: ['odd'],
    log_id: expect.stringMatching(/^sha256-[0-9a-f]{64}$/),
  });
  expect(body(null)).toEqual({ log_id: expect.stringMatching(/^sha256-/) });
});

describe('redaction', () => {
  it('replaces the value at a path, and nothing else', () => {
    const redacted = body(event, 'compact', 'request.body.email', 'request.auth');

    expect(redacted.request).toMatchObject({ method: 'patch', auth: '[redacted]' });
    expect(redacted.request.body.email).toBe('[redacted]');
    expect(redacted.response.body.email).toBe('ann@example.com');
  });

  it('goes through lists, also lists of lists', () => {
    expect(body(event, 'compact', 'request.body.users.email').request.body.users).toEqual([
      { email: '[redacted]' },
      { name: 'b' },
      [{ email: '[redacted]' }],
    ]);
  });

  it('finds the same path in the full body, and the log event’s own fields', () => {
    const redacted = body(event, 'full', 'request.body.email', 'ip');

    expect(redacted.details.request.body.email).toBe('[redacted]');
    expect(redacted.ip).toBe('[redacted]');
  });

  it('leaves the log event itself as it was', () => {
    body(event, 'full', 'details.request.body.email');

    expect(event).toMatchObject({ details: { request: { body: { email: 'ann@example.com' } } } });
  });

  it('takes a path that leads nowhere, or into a prototype, for nothing', () => {
    const paths = [
      'request.body.email.x',
      'nowhere.x',
      'constructor.name',
      '__proto__.x',
      'request.toString',
    ];

    expect(body(event, 'compact', ...paths)).toEqual(body(event));
  });

  it('survives lists nested deeper than the stack', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    const odd = logEvent({ body: deep });

    expect(body(odd, 'compact', 'request.body.email').log_id).toBe(odd.log_id);
  });
});
