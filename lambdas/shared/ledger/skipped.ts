import type { Skipped, State } from './items.ts';
import type { CheckpointNote } from './notes.ts';

/**
 * Entries that are kept, so that the state stays small. A schedule slower than SILENCE_MS adds one
 * with every poll.
 */
const MOST = 16;

/**
 * How long no poll may leave its sign before the table may be a restored one. DynamoDB restores to
 * five minutes ago at the latest, and polls leave a sign each minute.
 */
const SILENCE_MS = 3 * 60_000;

/**
 * Moves the state's number to a poll's time, and keeps the numbers in between as skipped. Numbers
 * stay behind the clock, as no poll claims a thousand batches a second. So two skips from one
 * state, the second after a restore, never give the same number.
 *
 * An operator's clock may be minutes ahead, and numbers ahead of the polls' clock would be given
 * out twice. Without a time only the next number is skipped.
 */
export function skipTo({ seq, skipped = [] }: State, time = 0): Required<Pick<State, 'seq' | 'skipped'>> {
  const until = Math.max(time, seq + 1);
  const latest = skipped.at(-1);
  const all =
    latest?.until === seq
      ? [...skipped.slice(0, -1), { after: latest.after, until }]
      : [...skipped, { after: seq, until }];
  return { seq: until, skipped: atMost(all) };
}

/**
 * True when the table may have been restored: no poll has left its sign for too long, or the sign
 * is newer than the state or the clock. A skip where nothing was restored does no harm, as nothing
 * has those numbers.
 */
export function isSilent(
  { seq }: State,
  { polledAt, polledSeq = 0 }: Pick<CheckpointNote, 'polledAt' | 'polledSeq'>,
  now: number,
): boolean {
  return polledAt === undefined || polledSeq > seq || Math.abs(now - polledAt) > SILENCE_MS;
}

/** True when a missing batch of that number is one that the table never had. */
export function isSkipped({ skipped = [] }: State, seq: number): boolean {
  return skipped.some(({ after, until }) => after < seq && seq <= until);
}

/**
 * Joins the two oldest entries into one. A delivered event of a batch between them would be sent
 * again, if its message were still there.
 */
function atMost(all: readonly Skipped[]): readonly Skipped[] {
  const [first, second, ...rest] = all;
  if (all.length <= MOST || !first || !second) return all;
  return [{ after: first.after, until: second.until }, ...rest];
}
