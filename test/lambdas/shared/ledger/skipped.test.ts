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
    const hour = 60 * MINUTE;
    const once = stateOf(NOW, [{ after: 7, until: NOW }]);

    const twice = skipTo(once, NOW + hour);

    expect(twice).toEqual({ seq: NOW + hour, skipped: [{ after: 7, until: NOW + hour }] });
  });

  it('gives another number each time, whatever the clock says', () => {
    const ahead = stateOf(NOW + MINUTE);

    const { seq } = skipTo(ahead, NOW);

    expect(seq).toBe(NOW + MINUTE + 1);
  });

  it('skips one number when there is no clock to go by', () => {
    const state = stateOf(7);

    const skipped = skipTo(state);

    expect(skipped).toEqual({ seq: 8, skipped: [{ after: 7, until: 8 }] });
  });

  it('keeps sixteen skips at most, and every number that was ever skipped', () => {
    let state = stateOf(1);
    const numbers: number[] = [];
    for (let i = 1; i <= 40; i++) {
      const until = NOW + i * 60 * MINUTE;
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
  const SEQ = 9;

  it.each([
    ['no poll ever left a sign', {}, true],
    ['a poll ended a minute ago', { polledAt: NOW - MINUTE, polledSeq: SEQ }, false],
    ['the last poll ended five minutes ago', { polledAt: NOW - 5 * MINUTE, polledSeq: SEQ }, true],
    ['a poll had a clock that was ahead', { polledAt: NOW + 5 * MINUTE, polledSeq: SEQ }, true],
    ['only the state is of an older time', { polledAt: NOW - MINUTE, polledSeq: SEQ + 1 }, true],
  ])('is one where %s: %o', (_, note, expected) => {
    const silent = isSilent(stateOf(SEQ), note, NOW);

    expect(silent).toBe(expected);
  });
});
