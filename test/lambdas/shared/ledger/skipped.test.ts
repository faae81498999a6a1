import { describe, expect, it } from 'vitest';
import type { Skipped, State } from '../../../../lambdas/shared/ledger/items.ts';
import { isSilent, isSkipped, skipTo } from '../../../../lambdas/shared/ledger/skipped.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 23, 9);

function stateOf(seq: number, skipped?: readonly Skipped[]): State {
  return { ledger: 'ledger-1', cursor: '100', seq, ...(skipped === undefined ? {} : { skipped }) };
}

describe('skipping numbers', () => {
  it('keeps what lies between the last number that was given and the time', () => {
    const state = stateOf(7);

    const skipped = skipTo(state, NOW);

    expect(skipped).toEqual({ seq: NOW, skipped: [{ after: 7, until: NOW }] });
  });

  it('makes one skip longer while nothing was claimed in between', () => {
    const once = stateOf(NOW, [{ after: 7, until: NOW }]);

    const twice = skipTo(once, NOW + MINUTE);

    expect(twice).toEqual({ seq: NOW + MINUTE, skipped: [{ after: 7, until: NOW + MINUTE }] });
  });

  it('never goes back, whatever the clock says', () => {
    const ahead = stateOf(NOW + MINUTE);

    const { seq } = skipTo(ahead, NOW);

    expect(seq).toBe(NOW + MINUTE + 1);
  });

  it('keeps sixteen skips at most, and every number that was ever skipped', () => {
    let state = stateOf(1);
    const numbers: number[] = [];
    for (let i = 1; i <= 40; i++) {
      const until = NOW + i * 10 * MINUTE;
      numbers.push(until - 1);
      state = { ...state, ...skipTo(state, until) };
      state = { ...state, seq: state.seq + 1 }; // a batch
    }

    expect(state.skipped).toHaveLength(16);
    expect(numbers.every((seq) => isSkipped(state, seq))).toBe(true);
    expect(isSkipped(state, state.seq)).toBe(false);
  });

  it('tells a skipped number from its neighbours', () => {
    const state = stateOf(30, [
      { after: 3, until: 10 },
      { after: 15, until: 20 },
    ]);

    const skipped = [3, 4, 10, 11, 15, 16, 20, 21].filter((seq) => isSkipped(state, seq));

    expect(skipped).toEqual([4, 10, 16, 20]);
  });
});

describe('a silent table', () => {
  it.each([
    ['no poll ever left a sign', undefined, undefined, true],
    ['a poll ended a minute ago', NOW - MINUTE, undefined, false],
    ['the last poll ended five minutes ago', NOW - 5 * MINUTE, undefined, true],
    ['polls fail since then, and the last one skipped', NOW - 5 * MINUTE, NOW - MINUTE, false],
  ])('is one where %s', (_, checkpointAt, skippedAt, expected) => {
    const skipped = skippedAt === undefined ? undefined : [{ after: 1, until: skippedAt }];

    const silent = isSilent(stateOf(9, skipped), checkpointAt, NOW);

    expect(silent).toBe(expected);
  });
});
