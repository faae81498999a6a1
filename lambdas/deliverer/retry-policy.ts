/**
 * When a record comes back, and when an event is given up. Every rule of that is here. Delays are
 * whole seconds, as SQS takes them; `random` is from 0 up to 1.
 */

const FIRST_SECONDS = 5;
/** The longest delay that we choose ourselves. */
export const LONGEST_SECONDS = 30 * 60;
/** What a receiver may ask for; SQS could hide a message for 12 hours. */
export const LONGEST_RETRY_AFTER_SECONDS = 6 * 3600;
/**
 * SQS keeps a message 14 days; a retry of up to 6 hours and an operator's alarm at 10 days must fit
 * before that.
 */
const LONGEST_IN_QUEUE_MS = 12 * 24 * 3_600_000;
/** Mended settings take effect soon, and 1,000 receives last for more than ten days. */
const LONGEST_NOT_STARTED_SECONDS = 15 * 60;
const LONGEST_NO_TIME_SECONDS = 30;

export interface RetryAnswer {
  readonly retryAfterSeconds?: number | undefined;
  /** 410: the receiver says that it wants no more. It waits the longest; nothing is dropped. */
  readonly gone?: boolean | undefined;
}

/**
 * After a failed attempt: from 5 seconds doubling to 30 minutes, half fixed, half random.
 * @param attempt number of the attempt that failed, from 1. By the ledger's count: SQS's receive
 *   count also counts
 *   followers that were never attempted.
 */
export function retryDelay(attempt: number, random: number, answer: RetryAnswer = {}): number {
  const exponential = FIRST_SECONDS * 2 ** Math.min(attempt - 1, 20);
  const full = answer.gone === true ? LONGEST_SECONDS : Math.min(exponential, LONGEST_SECONDS);
  const delay = full / 2 + (full / 2) * random;
  const floor = Math.min(answer.retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS);
  return Math.ceil(Math.max(delay, floor)); // the receiver's wish is a floor: nothing random may undercut it
}

export interface RetryWindow {
  /** Epoch milliseconds of the first attempt. */
  readonly firstAt: number;
  /** Epoch milliseconds at which the event was enqueued. */
  readonly sentAt: number;
  readonly retryWindowSeconds: number;
}

/** An attempt that fails now was the last one: the event goes to the dead-letter queue. */
export function isWindowOver({ firstAt, sentAt, retryWindowSeconds }: RetryWindow, now: number): boolean {
  return now - firstAt >= retryWindowSeconds * 1_000 || isTooLongInQueue(sentAt, now);
}

/** SQS would drop it soon. */
export function isTooLongInQueue(sentAt: number, now: number): boolean {
  return now - sentAt >= LONGEST_IN_QUEUE_MS;
}

/**
 * No time was left for an attempt: at once, but later for what came often for nothing. SQS counts a
 * thousand receives.
 */
export function noTimeDelay(receiveCount: number): number {
  return Math.min(LONGEST_NO_TIME_SECONDS, Math.floor(receiveCount / 10));
}

/**
 * The outcome could not be recorded: as after a failed attempt, so that nobody is called every few
 * seconds.
 */
export function unrecordedDelay(receiveCount: number, random: number): number {
  return retryDelay(receiveCount, random);
}

/** The invocation could not start (wrong settings, no permission): later each time. */
export function notStartedDelay(receiveCount: number, random: number): number {
  return Math.min(retryDelay(receiveCount, random), LONGEST_NOT_STARTED_SECONDS);
}

/**
 * Deliveries are paused: at first a few seconds, so that a short pause ends soon for all, then 5
 * minutes. After 400 receives, a day and a half, it is 40: twelve days are then less than the
 * thousand receives that SQS counts. Up to a fifth less at random, so that not everything comes at
 * once.
 */
export function pausedDelay(receiveCount: number, random: number): number {
  const seconds = receiveCount > 400 ? 40 * 60 : Math.min(3 * receiveCount, 5 * 60);
  return Math.ceil(seconds * (1 - random / 5));
}
