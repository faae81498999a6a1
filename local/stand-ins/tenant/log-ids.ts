/**
 * Auth0's log ids (docs/log-api.md): prefix (3), UTC second of ingestion (14), microseconds (6),
 * zeros (14), sequence (19) = 56 digits, whose string order is the order of ingestion.
 */
const ZEROS = '0'.repeat(14);
/**
 * The first sequence, of the size that public samples of one environment have. Any base of 19
 * digits would do.
 */
export const FIRST_SEQUENCE = 1_223_372_036_854_775_808n;
export const LOG_ID = /^\d{56}$/;

/**
 * Makes an id. `micros` are microseconds of ingestion since the epoch; `sequence` has 19 digits.
 */
export function logId(prefix: string, micros: number, sequence: bigint): string {
  const second = new Date(Math.floor(micros / 1000)).toISOString().replace(/\D/g, '').slice(0, 14);
  return prefix + second + String(micros % 1_000_000).padStart(6, '0') + ZEROS + String(sequence);
}

/** The position just before every id of that time (epoch milliseconds) or later. */
export function positionAt(prefix: string, time: number): string {
  const digits = new Date(time).toISOString().replace(/\D/g, '');
  return (prefix + digits).padEnd(56, '0');
}

export interface LogIds {
  /** The next id. Ids rise, also when the clock (epoch milliseconds) stands still or steps back. */
  next(now: number): string;
  /**
   * An id of that time, whatever was given out before, for entries of the past and late arrivals.
   */
  at(time: number): string;
}

export function createLogIds(prefix: string): LogIds {
  let last = 0;
  let sequence = FIRST_SEQUENCE;
  const idOf = (micros: number) => {
    sequence += 1n;
    return logId(prefix, micros, sequence);
  };
  return {
    next(now) {
      last = Math.max(Math.floor(now * 1000), last + 1);
      return idOf(last);
    },
    at: (time) => idOf(Math.floor(time * 1000)),
  };
}
