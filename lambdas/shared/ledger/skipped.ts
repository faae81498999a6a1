import type { Skipped, State } from './items.ts';
import type { CheckpointNote } from './notes.ts';

/** The state stays small. A schedule slower than SILENCE_MS skips at every poll. */
const MOST = 16;

/**
 * Time without a sign of a poll after which the table may be a restored one. DynamoDB restores to
 * five minutes ago at the latest; polls leave a sign each minute.
 */
const SILENCE_MS = 3 * 60_000;

/**
 * More than the batches of a day, ten a second. The numbers may be ahead of the clock, after an
 * operator's command whose clock was ahead: the time alone would then skip too few.
 */
const LEAST = 1_000_000;

/** Moves the state's number to the time or beyond, and keeps what lies between as skipped. */
export function skipTo({ seq, skipped = [] }: State, now: number): Required<Pick<State, 'seq' | 'skipped'>> {
  const until = Math.max(now, seq + LEAST);
  const latest = skipped.at(-1);
  const all =
    latest?.until === seq
      ? [...skipped.slice(0, -1), { after: latest.after, until }]
      : [...skipped, { after: seq, until }];
  return { seq: until, skipped: atMost(all) };
}

/**
 * Whether the table may have been restored: no poll has left its sign on it for so long, or the
 * sign is newer than the state or the clock. A skip where nothing was restored does no harm:
 * nothing has those numbers.
 */
export function isSilent(
  { seq }: State,
  { polledAt, polledSeq = 0 }: Pick<CheckpointNote, 'polledAt' | 'polledSeq'>,
  now: number,
): boolean {
  return polledAt === undefined || polledSeq > seq || Math.abs(now - polledAt) > SILENCE_MS;
}

/** Whether a batch of that number, if the table has none, is one that the table never had. */
export function isSkipped({ skipped = [] }: State, seq: number): boolean {
  return skipped.some(({ after, until }) => after < seq && seq <= until);
}

/**
 * The two oldest become one. A delivered event of a batch between them would be sent again, should
 * its message still be there.
 */
function atMost(all: readonly Skipped[]): readonly Skipped[] {
  const [first, second, ...rest] = all;
  if (all.length <= MOST || !first || !second) return all;
  return [{ after: first.after, until: second.until }, ...rest];
}
