import { DEFAULT_RETRY_WINDOW_SECONDS } from '../../lambdas/shared/contract.ts';
import type { LogFields } from '../../lambdas/shared/logger.ts';
import type { Message } from './fifo-queue.ts';
import type { Process } from './process.ts';
import { placeOf } from './receipt.ts';

const HOUR_MS = 3_600_000;
const WINDOW_MS = DEFAULT_RETRY_WINDOW_SECONDS * 1_000;
/**
 * How long an event may be in the queue. SQS deletes it after fourteen days; a last retry after up
 * to six hours has to fit before that.
 */
const IN_QUEUE_MS = 12 * 24 * HOUR_MS;

/** When the first failure of an event was recorded, by place; undefined when there was none. */
export type Known = ReadonlyMap<string, number | 'unknown' | undefined>;

/** What one invocation did, by its log lines, once it has ended. */
export interface Invocation {
  readonly process: Process;
  readonly messages: readonly Message[];
  /** The result of `begin`. */
  readonly known: Known;
  /** Ids of the messages that returned to the queue. */
  readonly returned: ReadonlySet<string>;
  /** Its lines `delivery.attempted`. */
  readonly attempts: readonly LogFields[];
  readonly now: number;
  /** The webhook hangs, or another invocation has the lease. */
  readonly isHindered: boolean;
}

function placeOfMessage({ attributes }: Message): string {
  return placeOf(attributes.batch ?? '', attributes.ordinal ?? '');
}

function isMove({ outcome }: LogFields): boolean {
  return outcome === 'dead-lettered';
}

/** True when the window of one of them is over, or may be over. */
export function mayBeLast(messages: readonly Message[], known: Known, now: number): boolean {
  return messages.some((message) => {
    const since = known.get(placeOfMessage(message));
    const isOver = since === 'unknown' || (since !== undefined && now - since >= WINDOW_MS);
    return isOver || now - message.sentAt >= WINDOW_MS;
  });
}

/**
 * Watches the retry windows. An event must be tried for exactly as long as its window says. It must
 * begin a new one when it is redriven, and must never lie in the queue until SQS drops it. What an
 * invocation with faults did may be unrecorded, so nothing is known of its events until they are
 * dead-lettered.
 */
export class RetryWindows {
  /**
   * When the first failure was recorded, by place; `unknown` after a fault; absent before the first
   * failure.
   */
  private readonly since = new Map<string, number | 'unknown'>();
  /** What is assumed of an event of which nothing was seen. */
  private unseen: 'unknown' | undefined;
  private readonly fail: (line: string, message: string) => void;

  constructor(fail: (line: string, message: string) => void) {
    this.fail = fail;
  }

  /** Forgets everything about failures, as the table was lost or restored. */
  forget(): void {
    this.since.clear();
    this.unseen = 'unknown';
  }

  /**
   * Begins an invocation. Until it has ended well, nothing is known of its events.
   * @returns what was known before, for `check`
   */
  begin(messages: readonly Message[]): Known {
    const places = messages.map(placeOfMessage);
    const known = new Map(places.map((place) => [place, this.since.get(place) ?? this.unseen]));
    for (const place of places) this.since.set(place, 'unknown');
    return known;
  }

  check({ process, messages, known, returned, attempts, now, isHindered }: Invocation): void {
    const isClean = process.faults.every((fault) => fault.startsWith('post ')) && !process.wasFrozen;
    const byPlace = new Map(messages.map((message) => [placeOfMessage(message), message]));
    if (!isClean) return;
    for (const [place, since] of known) {
      if (since === undefined) this.since.delete(place);
      else this.since.set(place, since);
    }
    for (const line of attempts) {
      const place = placeOf(String(line.batch), Number(line.ordinal));
      const message = byPlace.get(place);
      if (message && line.tracked !== false) this.attempted(place, line, message, now);
      else if (message) this.since.set(place, 'unknown'); // SQS alone keeps count of it
    }
    // The second message of a dead letter returns for no time at all, and what is behind it, too.
    const moved = new Set(
      attempts.filter(isMove).map((line) => placeOf(String(line.batch), Number(line.ordinal))),
    );
    if (messages.some((message) => returned.has(message.id) && moved.has(placeOfMessage(message)))) return;
    for (const { id, sentAt } of messages) {
      if (returned.has(id) && !isHindered && now - sentAt > IN_QUEUE_MS + HOUR_MS)
        this.fail('P1', `${id} goes back to the queue, where SQS will drop it`);
    }
  }

  /**
   * Checks that a paused endpoint does not hold an event whose window is over, as that has to reach
   * the dead-letter queue.
   */
  checkHeld({ process, messages, known, returned, attempts, now, isHindered }: Invocation): void {
    if (isHindered || process.faults.length > 0 || process.wasFrozen) return;
    const attempted = new Set(attempts.map(({ batch, ordinal }) => placeOf(String(batch), Number(ordinal))));
    const firsts = new Map(messages.toReversed().map((message) => [message.group, message]));
    for (const message of firsts.values()) {
      const place = placeOfMessage(message);
      const since = known.get(place);
      if (!returned.has(message.id) || attempted.has(place) || typeof since !== 'number') continue;
      if (now - since > WINDOW_MS + HOUR_MS)
        this.fail('P1', `event ${place} is held, though its retry window is over`);
    }
  }

  private attempted(place: string, { outcome, logId }: LogFields, { sentAt }: Message, now: number): void {
    const since = this.since.get(place) ?? this.unseen;
    const event = String(logId).slice(-4);
    if (outcome === 'retry') {
      if (typeof since === 'number' && now - since > WINDOW_MS + HOUR_MS)
        this.fail('P1', `event ${event} is still tried, though its retry window is over`);
      if (since === undefined) this.since.set(place, now);
    } else {
      const tried = since === undefined ? 0 : since === 'unknown' ? WINDOW_MS : now - since;
      const isEarly = tried < WINDOW_MS - HOUR_MS && now - sentAt < IN_QUEUE_MS - HOUR_MS;
      if (outcome === 'dead-lettered' && isEarly)
        this.fail('P6', `event ${event} is given up before its retry window is over`);
      this.since.delete(place);
    }
  }
}
