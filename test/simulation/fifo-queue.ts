const DEDUPLICATION_MS = 5 * 60_000;
export const RETENTION_MS = 14 * 24 * 3_600_000;
/** How long SQS's counts may be wrong after a change. */
const COUNTS_RIGHT_AFTER_MS = 60_000;

export interface Sent {
  readonly body: string;
  readonly group: string;
  readonly deduplicationId: string;
  /** Names and values. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Message extends Sent {
  readonly id: string;
  readonly sentAt: number;
  visibleAt: number;
  /** When it was last sent, received or hidden. */
  changedAt: number;
  receiveCount: number;
  receipt: string;
}

export interface QueueWatch {
  readonly sent?: (sent: Sent) => void;
  /** Called when a call refuses an entry and takes a later one of its group. */
  readonly overtaken?: (sent: Sent) => void;
  /** Called when its 14 days are over. */
  readonly lost: (message: Message) => void;
}

/**
 * An SQS FIFO queue in memory: order and exclusion in a group, visibility, receive counts,
 * deduplication, retention.
 */
export class FifoQueue {
  messages: Message[] = [];
  private readonly seen = new Map<string, number>();
  private readonly name: string;
  private readonly now: () => number;
  private drawn = 0;
  readonly on: QueueWatch;
  private readonly byGroup: boolean;
  /** True when the next count leaves out the latest changes. */
  countsLag = false;
  private countsLagSince: number | undefined;

  /**
   * @param byGroup true when each message group deduplicates by itself, as in SQS's high throughput
   *   mode
   */
  constructor(name: string, now: () => number, on: QueueWatch, byGroup = false) {
    this.byGroup = byGroup;
    this.name = name;
    this.now = now;
    this.on = on;
  }

  send(sent: Sent): void {
    this.on.sent?.(sent);
    const id = this.byGroup ? `${sent.group} ${sent.deduplicationId}` : sent.deduplicationId;
    const seenAt = this.seen.get(id);
    if (seenAt !== undefined && this.now() - seenAt < DEDUPLICATION_MS) return;
    this.seen.set(id, this.now());
    this.add({ ...sent, id: `${this.name}${++this.drawn}`, sentAt: this.now(), receiveCount: 0 });
  }

  /**
   * Adds the same message as received anew, as SQS does when it moves one to the dead-letter queue.
   */
  add(message: Omit<Message, 'visibleAt' | 'receipt' | 'changedAt'>): void {
    this.messages.push({ ...message, visibleAt: 0, changedAt: this.now(), receipt: '' });
  }

  /**
   * Receives messages in order within a group. A group with a message in flight, which includes a
   * hidden one, gives none.
   */
  receive(most: number, visibilityMs: number): Message[] {
    this.forgetOld();
    const locked = new Set(this.messages.filter((m) => m.visibleAt > this.now()).map((m) => m.group));
    const received = this.messages.filter((m) => !locked.has(m.group)).slice(0, most);
    for (const message of received) {
      message.visibleAt = this.now() + visibilityMs;
      message.changedAt = this.now();
      message.receiveCount++;
      message.receipt = `${message.id}/${message.receiveCount}`;
    }
    return received;
  }

  /** Lets another group come first, as SQS promises no order among groups. */
  rotate(): void {
    const first = this.messages[0]?.group;
    const isFirst = (m: Message) => m.group === first;
    this.messages = [...this.messages.filter((m) => !isFirst(m)), ...this.messages.filter(isFirst)];
  }

  /** Deletes a message. Its receipt is good until the message is received again. */
  delete(receipt: string): void {
    this.messages = this.messages.filter((message) => message.receipt !== receipt);
  }

  /** Hides a message. False when it is no longer in flight. */
  changeVisibility(receipt: string, seconds: number): boolean {
    const message = this.messages.find((m) => m.receipt === receipt);
    if (!message || message.visibleAt <= this.now()) return false;
    message.visibleAt = this.now() + seconds * 1_000;
    message.changedAt = this.now();
    return true;
  }

  /**
   * Counts messages.
   * @param stale leaves out what changed in the last minute; wrong counts are right a minute later
   */
  counts(stale: boolean): { readonly visible: number; readonly hidden: number } {
    this.forgetOld();
    const isStale = this.mayLag(stale || this.countsLag);
    this.countsLag = false;
    const counted = this.messages.filter(
      (m) => !isStale || this.now() - m.changedAt >= COUNTS_RIGHT_AFTER_MS,
    );
    const hidden = counted.filter((m) => m.visibleAt > this.now()).length;
    return { visible: counted.length - hidden, hidden };
  }

  private mayLag(stale: boolean): boolean {
    if (!stale) this.countsLagSince = undefined;
    else this.countsLagSince ??= this.now();
    const isRight = this.now() - (this.countsLagSince ?? 0) >= COUNTS_RIGHT_AFTER_MS;
    if (isRight) this.countsLagSince = undefined;
    return stale && !isRight;
  }

  private forgetOld(): void {
    const oldest = this.now() - RETENTION_MS;
    const [old, kept] = [
      this.messages.filter((m) => m.sentAt < oldest),
      this.messages.filter((m) => m.sentAt >= oldest),
    ];
    for (const message of old) this.on.lost(message);
    if (old.length > 0) this.messages = kept;
  }
}
