/**
 * Decides when a record comes back, and when an event is dead-lettered. Every rule about that is
 * here; `endpoint/hold.ts` chooses between them for an endpoint that is paused or looks dead.
 * Delays are whole seconds, as SQS takes them; `random` is from 0 up to 1.
 */

const FIRST_SECONDS = 5;
/** The longest delay that we choose ourselves. */
export const LONGEST_SECONDS = 30 * 60;
/** The longest delay that a receiver may ask for. SQS could hide a message for 12 hours. */
export const LONGEST_RETRY_AFTER_SECONDS = 6 * 3600;
/**
 * How long an event may be in the queue. SQS keeps a message for 14 days; a last retry after up to
 * 6 hours has to fit before that.
 */
const LONGEST_IN_QUEUE_MS = 12 * 24 * 3_600_000;
/**
 * The longest delay while nothing can start. Mended settings then take effect soon, and 1,000
 * receives last for more than ten days.
 */
const LONGEST_NOT_STARTED_SECONDS = 15 * 60;
const LONGEST_NO_TIME_SECONDS = 30;

export interface RetryAnswer {
  readonly retryAfterSeconds?: number | undefined;
  /**
   * True after a 410: the receiver wants no more. The event gets the longest delay; nothing is
   * dropped.
   */
  readonly gone?: boolean | undefined;
}

/**
 * The delay after a failed attempt: from 5 seconds doubling to 30 minutes, half of it fixed, half
 * random.
 * @param attempt number of the attempt that failed, from 1, by the ledger's count. SQS's receive
 *   count also counts records that waited behind a failed one and were never attempted.
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

/** True when a failure now makes this attempt the last: the event goes to the dead-letter queue. */
export function isWindowOver({ firstAt, sentAt, retryWindowSeconds }: RetryWindow, now: number): boolean {
  return now - firstAt >= retryWindowSeconds * 1_000 || isTooLongInQueue(sentAt, now);
}

/** True when SQS would drop the message soon. */
export function isTooLongInQueue(sentAt: number, now: number): boolean {
  return now - sentAt >= LONGEST_IN_QUEUE_MS;
}

/**
 * The delay of a record for which no time was left. It is 0 at first, and grows with the receive
 * count, as SQS counts a thousand receives.
 */
export function noTimeDelay(receiveCount: number): number {
  return Math.min(LONGEST_NO_TIME_SECONDS, Math.floor(receiveCount / 10));
}

/**
 * The delay of a record whose outcome could not be recorded. It grows as after a failed attempt, so
 * that the webhook does not get the event every few seconds.
 */
export function unrecordedDelay(receiveCount: number, random: number): number {
  return retryDelay(receiveCount, random);
}

/**
 * The delay when the invocation could not start (wrong settings, no permission), longer each time.
 */
export function notStartedDelay(receiveCount: number, random: number): number {
  return Math.min(retryDelay(receiveCount, random), LONGEST_NOT_STARTED_SECONDS);
}

/**
 * A hold grows by this with each receive. After an outage of T seconds it is about √(6 T): 19 s
 * after a minute, 147 s after an hour. A new event's holds begin short, also late in a pause.
 */
const HOLD_STEP_SECONDS = 3;
const LONGEST_HOLD_SECONDS = 5 * 60;
/**
 * Receives with short holds; they last 28 hours. Then holds are 40 minutes, so that 12 days take
 * 896 receives. SQS moves a message away after a thousand. With 20 minutes after 300 receives it
 * would be 1,089, and events would be lost.
 */
const SHORT_HOLDS = 400;
const LATE_HOLD_SECONDS = 40 * 60;
/**
 * The part by which a hold is shortened at random. Spread out, the backlog always has a probe at
 * hand, and not everything comes back at once.
 */
const HOLD_SPREAD = 0.2;

/**
 * The delay of a record that is held: the endpoint or an operator has paused deliveries, or another
 * invocation has the lease.
 */
export function holdDelay(receiveCount: number, random: number): number {
  const full =
    receiveCount > SHORT_HOLDS
      ? LATE_HOLD_SECONDS
      : Math.min(receiveCount * HOLD_STEP_SECONDS, LONGEST_HOLD_SECONDS);
  return Math.ceil(full * (1 - HOLD_SPREAD * random));
}
