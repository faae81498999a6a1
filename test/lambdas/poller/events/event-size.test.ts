import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BODY_LIMIT_BYTES, fitted } from '../../../../lambdas/poller/events/event-size.ts';

const bytes = (json: string) => Buffer.byteLength(json);

it('what fits stays whole, to the byte', () => {
  const whole = { log_id: '1', text: 'ü'.repeat(100) };
  const size = bytes(JSON.stringify(whole));

  expect(fitted(whole, size)).toEqual({ json: JSON.stringify(whole), omitted: false });
  expect(fitted(whole, size - 1).omitted).toBe(true);
});

it('only as much is left out as must be: the largest part, as deep as it alone makes up for the excess', () => {
  const value = {
    log_id: '1',
    request: { body: { photo: 'x'.repeat(2_000), email: 'a@b.c' }, path: '/api/v2/users' },
    response: { statusCode: 200 },
  };
  const { json, omitted } = fitted(value, 1_000);

  expect(omitted).toBe(true);
  expect(JSON.parse(json)).toEqual({
    ...value,
    request: { ...value.request, body: { email: 'a@b.c', photo: { omitted: true, bytes: 2_002 } } },
  });
});

it('the size is counted in bytes, not in characters', () => {
  const { json } = fitted({ log_id: '1', text: '€'.repeat(400) }, 1_000);

  expect(JSON.parse(json)).toEqual({ log_id: '1', text: { omitted: true, bytes: 1_202 } });
});

it('the log_id stays whatever else goes', () => {
  const value = { log_id: 'x'.repeat(60), a: 'y'.repeat(35), b: 'z'.repeat(35) };

  expect(JSON.parse(fitted(value, 100).json)).toEqual({ log_id: value.log_id, omitted: true });
});

it('the given value is not changed', () => {
  const value = { log_id: '1', request: { body: { a: 'x'.repeat(2_000), b: 1 } } };
  const before = JSON.stringify(value);
  fitted(value, 500);

  expect(JSON.stringify(value)).toBe(before);
});

it('characters that SQS refuses or alters travel as JSON escapes', () => {
  const text = '\ufffe\uffff\ud800 \udc00😀\u0000\u0001\u001f';
  const { json } = fitted({ log_id: '1', [text]: text });

  // The characters are those of SQS's documentation, in its narrowest form: #x9 | #xA | #xD | #x20
  // to #xD7FF | #xE000 to #xFFFD.
  expect(json).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}]*$/u);
  expect(JSON.parse(json)).toEqual({ log_id: '1', [text]: text });
});

describe('odd shapes', () => {
  it('what is nested too deep for JSON is left out', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    const { json, omitted } = fitted({ log_id: '1', type: 'sapi', request: { body: deep } });

    expect(omitted).toBe(true);
    expect(JSON.parse(json)).toMatchObject({ log_id: '1', type: 'sapi' });
  });

  it.each([
    ['at the top', (keys: object) => keys],
    ['deep inside', (keys: object) => ({ request: { body: keys } })],
  ])(
    '100,000 keys %s are fitted in good time',
    (_, place) => {
      const keys = Object.fromEntries(
        Array.from({ length: 100_000 }, (_, i) => [`key-${i}`, 'v'.repeat(20)]),
      );
      const startedAt = performance.now();
      const { json } = fitted({ log_id: '1', ...place(keys) });

      expect(bytes(json)).toBeLessThanOrEqual(BODY_LIMIT_BYTES);
      expect(performance.now() - startedAt).toBeLessThan(10_000);
    },
    5_000,
  );
});

it('any JSON fits into any limit that holds the log_id', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.integer({ min: 40, max: 2_000 }),
      (value, limit) => {
        const { json } = fitted({ ...value, log_id: '1' }, limit);
        expect(bytes(json)).toBeLessThanOrEqual(limit);
        expect(JSON.parse(json).log_id).toBe('1');
      },
    ),
  );
});
