import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shareConcurrency } from '../../infra/concurrency.ts';

const ROWS = [
  ...readFileSync('docs/concurrency.md', 'utf8').matchAll(
    /^\| (\d+)(?: \(default\))? \| (\d+) × (\d+) \| (\d+) \|$/gm,
  ),
].map((row) => row.slice(1).map(Number));

/** The rule of docs/concurrency.md, word by word. */
function sideBySideOf(calls: number): number {
  const divisors = Array.from({ length: calls }, (_, index) => index + 1).filter((by) => calls % by === 0);
  return divisors.findLast((divisor) => divisor <= 10 && divisor <= calls / 2) ?? 1;
}

describe('docs/concurrency.md', () => {
  it('has six rows', () => {
    expect(ROWS.length).toBe(6);
  });

  it.each(ROWS)('%i is %i × %i', (calls = 0, invocations, sideBySide, mappingMaximum) => {
    expect(shareConcurrency(calls)).toMatchObject({ reserved: invocations, sideBySide, mappingMaximum });
  });

  it('has the rule that holds for every value', () => {
    for (let calls = 1; calls <= 100; calls++) {
      const { reserved, sideBySide, mappingMaximum } = shareConcurrency(calls);

      expect([calls, sideBySide]).toEqual([calls, sideBySideOf(calls)]);
      expect(reserved * sideBySide).toBe(calls);
      expect(mappingMaximum).toBe(Math.max(2, reserved));
    }
  });
});
