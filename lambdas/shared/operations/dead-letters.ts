import { MessageAttribute } from '../contract.ts';
import type { ReceivedMessage } from '../queue/queue.ts';
import { fromAttributes, type WebhookMessage } from '../queue/webhook-message.ts';
import { RETRY_REASONS } from '../retry-reasons.ts';
import { nearest } from '../text/nearest.ts';
import { OperationError } from './operation-error.ts';
import { parseTime } from './times.ts';

/** An event on the dead-letter queue, and why it is there. */
export interface DeadLetter {
  readonly logId: string;
  readonly resource: string;
  /**
   * Its place in the ledger; undefined for somebody else's message. An event that was read twice,
   * as after a rewind, has two places, and may be a dead letter of each.
   */
  readonly batch: string | undefined;
  readonly ordinal: number | undefined;
  /**
   * Why it is there. `receives`: SQS moved it by itself, after a thousand receives. `not-an-event`:
   * it is somebody else's message.
   */
  readonly reason: string;
  readonly status: number | undefined;
  readonly attempts: number | undefined;
  /** When it came there, epoch milliseconds. */
  readonly since: number;
}

/** A dead letter in hand: hidden from everybody else for a while. */
export interface HeldLetter extends DeadLetter {
  readonly received: ReceivedMessage;
  /** The event; undefined for a message that is none of ours. */
  readonly message: WebhookMessage | undefined;
}

/** Which dead letters are meant: those that meet every one of these. */
export interface DeadLetterArgs {
  readonly logIds?: readonly string[] | undefined;
  /** A resource, such as `users/auth0|123`. */
  readonly resource?: string | undefined;
  /** A reason, such as `status`, `timeout-response` or `gone`. */
  readonly reason?: string | undefined;
  /** A time since which they are there: an ISO time, or how long ago, such as `2h`. */
  readonly since?: string | undefined;
  /** Only those that came no later, epoch milliseconds: what was shown to whoever said yes. */
  readonly until?: number | undefined;
}

export const FOREIGN = 'not-an-event';
export const BY_RECEIVES = 'receives';

/** All reasons: those of attempts, and the two other ways to the dead-letter queue. */
export const DEAD_LETTER_REASONS: readonly string[] = [...RETRY_REASONS, 'paused', BY_RECEIVES, FOREIGN];

export function heldLetter(received: ReceivedMessage): HeldLetter {
  const { attributes, body, messageId, sentAt } = received;
  const message = fromAttributes(body, attributes);
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return {
    received,
    message,
    logId: message?.logId ?? messageId,
    resource: message?.resource ?? '',
    batch: message?.batch,
    ordinal: message?.ordinal,
    reason: message ? (attributes[MessageAttribute.reason] ?? BY_RECEIVES) : FOREIGN,
    status: number(attributes[MessageAttribute.status]),
    attempts: number(attributes[MessageAttribute.attempts]),
    since: sentAt,
  };
}

/** Makes the test of the arguments. Throws an OperationError for one that can match nothing. */
export function deadLetterFilter(args: DeadLetterArgs, now: number): (letter: DeadLetter) => boolean {
  const { logIds, resource, reason, until = Number.POSITIVE_INFINITY } = args;
  if (logIds?.length === 0) throw new OperationError('argument', 'no log_id was given: name at least one');
  for (const id of logIds ?? []) {
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(id))
      throw new OperationError('argument', `"${id}" is no log_id: those are 56 digits`);
  }
  if (reason !== undefined && !DEAD_LETTER_REASONS.includes(reason)) {
    const near = nearest(reason, DEAD_LETTER_REASONS);
    const hint = near ? `did you mean "${near}"?` : `the reasons are ${DEAD_LETTER_REASONS.join(', ')}`;
    throw new OperationError('argument', `no dead letter has the reason "${reason}": ${hint}`);
  }
  const since = args.since === undefined ? undefined : parseTime('since', args.since, now);
  const wanted = logIds && new Set(logIds);
  return (letter) =>
    (wanted === undefined || wanted.has(letter.logId)) &&
    (resource === undefined || letter.resource === resource) &&
    (reason === undefined || letter.reason === reason) &&
    (since === undefined || letter.since >= since) &&
    letter.since <= until;
}

/**
 * Compares in log order. Ids of one tenant have one length, and the order of the texts is the order
 * of the log.
 */
export function byLogId(a: DeadLetter, b: DeadLetter): number {
  return a.logId < b.logId ? -1 : a.logId > b.logId ? 1 : 0;
}
