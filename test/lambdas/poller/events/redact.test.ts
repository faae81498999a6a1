import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redacted } from '../../../../lambdas/poller/events/redact.ts';
import { keyPaths } from '../../../../lambdas/shared/settings/key-path.ts';

const HIDDEN = '[redacted]';
const hide = (body: Record<string, unknown>, paths: string) => redacted(body, keyPaths(paths) ?? []);

describe('redacted', () => {
  it('finds a key that has dots in it', () => {
    const body = { request: { body: { app_metadata: { 'https://example.com/roles': ['admin'], plan: 1 } } } };

    expect(hide(body, String.raw`request.body.app_metadata.https://example\.com/roles`)).toEqual({
      request: { body: { app_metadata: { 'https://example.com/roles': HIDDEN, plan: 1 } } },
    });
  });

  it('takes * for any key at one level', () => {
    const body = { request: { a: { email: 'x', name: 'n' }, b: { email: 'y', c: { email: 'z' } } } };

    expect(hide(body, 'request.*.email')).toEqual({
      request: { a: { email: HIDDEN, name: 'n' }, b: { email: HIDDEN, c: { email: 'z' } } },
    });
  });

  it('takes ** for any depth, lists included', () => {
    const body = {
      email: 1,
      request: { body: [{ email: 2, deep: { email: { a: 3 } } }], auth: { user: 4 } },
    };

    expect(hide(body, '**.email')).toEqual({
      email: HIDDEN,
      request: { body: [{ email: HIDDEN, deep: { email: HIDDEN } }], auth: { user: 4 } },
    });
    expect(hide(body, 'request.**.email')).toMatchObject({
      email: 1,
      request: { body: [{ email: HIDDEN }] },
    });
  });

  it('goes through lists, and takes a place in one', () => {
    const body = { request: { body: [{ email: 1 }, { email: 2 }] } };

    expect(hide(body, 'request.body.email')).toEqual({
      request: { body: [{ email: HIDDEN }, { email: HIDDEN }] },
    });
    expect(hide(body, 'request.body.1.email')).toEqual({
      request: { body: [{ email: 1 }, { email: HIDDEN }] },
    });
    expect(hide(body, 'request.body.0')).toEqual({ request: { body: [HIDDEN, { email: 2 }] } });
  });

  it('finds the same paths under details, and paths that name details', () => {
    const body = { ip: 1, details: { request: { ip: 2 }, ip: 3 } };

    expect(hide(body, 'request.ip')).toEqual({ ip: 1, details: { request: { ip: HIDDEN }, ip: 3 } });
    expect(hide(body, 'details.request.ip')).toEqual({ ip: 1, details: { request: { ip: HIDDEN }, ip: 3 } });
    expect(hide(body, 'details.ip')).toEqual({ ip: 1, details: { request: { ip: 2 }, ip: HIDDEN } });
  });

  it('leaves log_id, the order of the keys, and what is absent', () => {
    const body = { date: 'd', request: undefined, log_id: '900', type: 'sapi' };

    expect(JSON.stringify(hide(body, '*'))).toBe(
      JSON.stringify({ date: HIDDEN, log_id: '900', type: HIDDEN }),
    );
    expect(JSON.stringify(hide(body, 'request'))).toBe(JSON.stringify(body));
  });

  it('hides everything rather than too little of what is nested too deeply', () => {
    let deep: unknown = { email: 'MARKED' };
    for (let level = 0; level < 20_000; level++) deep = [deep];

    expect(hide({ log_id: '900', request: deep }, '**.email')).toEqual({ log_id: '900', redacted: true });
  });

  it('with **.key leaves no value under that key, whatever the body', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom('a', 'b', '', 'x.y'),
        (body, key) => {
          const escaped = key.replaceAll('.', String.raw`\.`);
          const hidden = hide(
            { ...body, [`${key}!`]: { [key]: 'MARKED' } },
            key === '' ? '**' : `**.${escaped}`,
          );

          expect(JSON.stringify(hidden)).not.toContain('MARKED');
        },
      ),
    );
  });
});
