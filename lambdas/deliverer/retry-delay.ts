/** DESIGN §4: delays grow from 5 seconds to a cap of 30 minutes, half fixed, half random. */
const FIRST_SECONDS = 5;
export const LONGEST_SECONDS = 30 * 60;
/** What a receiver may ask for; SQS could hide a message for 12 hours. */
const LONGEST_RETRY_AFTER_SECONDS = 6 * 3600;

/**
 * Seconds until the next attempt.
 * @param attempt number of the attempt that failed, from 1
 * @param random from 0 up to 1
 */
export function retryDelay(attempt: number, random: number, answer: RetryAnswer = {}): number {
  const exponential = FIRST_SECONDS * 2 ** Math.min(attempt - 1, 20);
  const full = answer.gone === true ? LONGEST_SECONDS : Math.min(exponential, LONGEST_SECONDS);
  const delay = full / 2 + (full / 2) * random;
  const floor = Math.min(answer.retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS);
  return Math.ceil(Math.max(delay, floor)); // the receiver's wish is a floor: nothing random may undercut it
}

export interface RetryAnswer {
  readonly retryAfterSeconds?: number | undefined;
  /** 410: the receiver says that it wants no more. It waits the longest; nothing is dropped. */
  readonly gone?: boolean | undefined;
}

/** `Retry-After` in seconds, from seconds or an HTTP date; undefined when it makes no sense or lies in the past. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const date = / GMT$/.test(text) ? text : `${text} GMT`; // asctime's form names no zone (RFC 9110 §5.6.7)
  const seconds = Math.ceil((Date.parse(date) - now) / 1_000);
  return seconds > 0 ? seconds : undefined;
}
