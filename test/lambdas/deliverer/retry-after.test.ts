import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../lambdas/deliverer/retry-after.ts';

describe('Retry-After', () => {
  const NOW = Date.UTC(2026, 10, 23, 9, 0, 0);
  it.each([
    ['120', 120],
    ['0', 0],
    ['65.5', 66],
    [' 5 ', 5],
    ['Mon, 23 Nov 2026 09:01:30 GMT', 90],
    ['Monday, 23-Nov-26 09:01:30 GMT', 90],
    ['Mon Nov 23 09:01:30 2026', 90],
    ['12345678901', 12_345_678_901],
  ])('%j is %i seconds', (value, seconds) => {
    expect(parseRetryAfter(value, NOW)).toBe(seconds);
  });

  it.each([undefined, '', '-1', '1.', '.5', '1e3', 'soon', 'Mon, 23 Nov 2026 08:59:00 GMT', 'Mon, 99 Foo'])(
    '%j says nothing',
    (value) => {
      expect(parseRetryAfter(value, NOW)).toBeUndefined();
    },
  );
});
