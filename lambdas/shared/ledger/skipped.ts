import type { Skipped, State } from './items.ts';

/** The state stays small. A schedule slower than SILENCE_MS skips at every poll. */
const MOST = 16;

/**
 * Time without a sign of a poll after which the table may be a restored one. DynamoDB restores to
 * five minutes ago at the latest; polls leave a sign each minute.
 */
const SILENCE_MS = 3 * 60_000;

/** Moves the state's number to the time, and keeps what lies between as skipped. */
export function skipTo({ seq, skipped = [] }: State, now: number): Required<Pick<State, 'seq' | 'skipped'>> {
  const until = Math.max(now, seq + 1);
  const latest = skipped.at(-1);
  const all =
    latest?.until === seq
      ? [...skipped.slice(0, -1), { after: latest.after, until }]
      : [...skipped, { after: seq, until }];
  return { seq: until, skipped: atMost(all) };
}

/**
 * Whether no poll has worked on this table for so long that it may have been restored meanwhile. A
 * skip where nothing was restored does no harm: nothing has those numbers.
 */
export function isSilent({ skipped }: State, checkpointAt: number | undefined, now: number): boolean {
  const latest = Math.max(checkpointAt ?? 0, skipped?.at(-1)?.until ?? 0);
  return now - latest > SILENCE_MS;
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
