import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inOneCommit } from '../services/statements.ts';
import { type Sent, sendOnce } from './deduplication.ts';
import { MessageRows, type NewMessage, newReceipt, type StoredMessage } from './message-rows.ts';
import type { QueueSettings } from './queue-settings.ts';
import { SqsError } from './sqs-error.ts';

/**
 * A FIFO queue of SQS: order, groups that wait for a hidden message, deduplication, receive counts,
 * native dead-lettering.
 */
export interface FifoQueue {
  send(message: Omit<NewMessage, 'id' | 'sentAt'>): Sent;
  /**
   * Takes at most `most` messages: of the first free group as many as there are, then of the next.
   */
  receive(most: number, hideSeconds: number): readonly StoredMessage[];
  /** Deletes a message. Deleting a deleted one is a success. */
  remove(receipt: string): void;
  hide(receipt: string, seconds: number): void;
  /** Makes one commit of what is done in it, as a commit takes longer than the change. */
  together<T>(work: () => T): T;
  counts(): { readonly visible: number; readonly hidden: number };
  purge(): void;
  /** When the next hidden message becomes visible, epoch milliseconds. */
  nextVisibleAt(): number | undefined;
}

/** @param now epoch milliseconds */
export function fifoQueue(
  database: DatabaseSync,
  name: string,
  settings: QueueSettings,
  now: () => number,
): FifoQueue {
  const rows = new MessageRows(database, name);
  return {
    send(message) {
      const scope = settings.deduplicatesByGroup ? message.group : '';
      const key = JSON.stringify([name, scope, message.deduplicationId]);
      return sendOnce(database, key, now(), () => {
        const id = randomUUID();
        return { id, seq: rows.insert({ ...message, id, sentAt: now() }) };
      });
    },
    receive(most, hideSeconds) {
      rows.removeSentBefore(now() - settings.retentionSeconds * 1000);
      if (rows.firstFreeGroup(now()) === undefined) return [];
      return inOneCommit(database, () => takeGroups(rows, settings, most, now, hideSeconds));
    },
    remove(receipt) {
      const until = rows.hiddenUntil(receipt);
      if (until === undefined) return;
      if (until <= now())
        throw new SqsError(
          'InvalidParameterValue',
          `${receipt} is invalid. Reason: The receipt handle has expired.`,
        );
      rows.remove(receipt);
    },
    hide(receipt, seconds) {
      if ((rows.hiddenUntil(receipt) ?? 0) <= now())
        throw new SqsError('MessageNotInflight', 'The message referred to is not in flight.');
      rows.putOff(receipt, seconds === 0 ? 0 : now() + seconds * 1000);
    },
    together: (work) => inOneCommit(database, work),
    counts: () => rows.counts(now()),
    purge: () => rows.removeSentBefore(Number.MAX_SAFE_INTEGER),
    nextVisibleAt: () => rows.nextVisibleAt(now()),
  };
}

/** Takes the first messages of the first free group, then of the next. */
function takeGroups(
  rows: MessageRows,
  settings: QueueSettings,
  most: number,
  now: () => number,
  hideSeconds: number,
): readonly StoredMessage[] {
  const messages: StoredMessage[] = [];
  for (let group = rows.firstFreeGroup(now()); group !== undefined; group = rows.firstFreeGroup(now())) {
    messages.push(...takeGroup(rows, settings, group, most - messages.length, now(), hideSeconds));
    if (messages.length >= most) break;
  }
  return messages;
}

/**
 * Hands out the first messages of a group. One that was received too often goes to the dead-letter
 * queue instead.
 */
function takeGroup(
  rows: MessageRows,
  { redrive }: QueueSettings,
  group: string,
  most: number,
  now: number,
  hideSeconds: number,
): readonly StoredMessage[] {
  const taken: StoredMessage[] = [];
  for (const message of rows.ofGroup(group, most)) {
    if (redrive !== undefined && message.receives >= redrive.maxReceiveCount) {
      rows.move(message.seq, redrive.deadLetterQueue);
      continue;
    }
    const received = {
      ...message,
      receives: message.receives + 1,
      firstReceivedAt: message.firstReceivedAt || now,
      receipt: newReceipt(message.seq),
    };
    // It is hidden for a moment at least, or it would be taken again at once.
    rows.handOut(received, now + Math.max(1, hideSeconds * 1000));
    taken.push(received);
  }
  return taken;
}
