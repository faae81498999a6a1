import type { LogLine } from './log-line.ts';

/** Counts what the functions of this run have done, by their log lines. */
export interface Tally {
  read: number;
  matched: number;
  delivered: number;
  attempts: number;
}

export function newTally(): Tally {
  return { read: 0, matched: 0, delivered: 0, attempts: 0 };
}

export function count(tally: Tally, line: LogLine): void {
  if (line.event === 'poll.completed' || line.event === 'poll.failed') {
    tally.read += line.read;
    tally.matched += line.matched;
  } else if (line.event === 'delivery.attempted') {
    tally.attempts += 1;
    if (line.outcome === 'delivered') tally.delivered += 1;
  }
}
