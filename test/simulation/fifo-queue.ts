const DEDUPLICATION_MS = 5 * 60_000;
export const RETENTION_MS = 14 * 24 * 3_600_000;
/** SQS's counts are right after about a minute. */
const COUNTS_SETTLE_MS = 60_000;

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
  /** When it was sent, received or hidden. */
  changedAt: number;
  receiveCount: number;
  receipt: string;
}

export interface QueueWatch {
  readonly sent?: (sent: Sent) => void;
  /** Its 14 days are over. */
  readonly lost: (message: Message) => void;
}

/**
 * An SQS FIFO queue in memory: order and exclusion per group, visibility, receive counts,
 * deduplication, retention.
 */
export class FifoQueue {
  messages: Message[] = [];
  private readonly seen = new Map<string, number>();
  private readonly name: string;
  private readonly now: () => number;
  private drawn = 0;
  private readonly on: QueueWatch;
  private readonly byGroup: boolean;
  /** The next count is not yet right. */
  countsLag = false;
  private countsLagSince: number | undefined;

  /**
   * @param byGroup deduplication in each message group by itself, as in SQS's high throughput mode
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

  /** As SQS itself moves a message to the dead-letter queue: the same message, received anew. */
  add(message: Omit<Message, 'visibleAt' | 'receipt' | 'changedAt'>): void {
    this.messages.push({ ...message, visibleAt: 0, changedAt: this.now(), receipt: '' });
  }

  /**
   * In order within a group; none of a group that has a message in flight, which includes a hidden
   * one.
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

  /** A receipt counts until the message is received again. */
  delete(receipt: string): void {
    this.messages = this.messages.filter((message) => message.receipt !== receipt);
  }

  /** False: the message is not in flight any more. */
  changeVisibility(receipt: string, seconds: number): boolean {
    const message = this.messages.find((m) => m.receipt === receipt);
    if (!message || message.visibleAt <= this.now()) return false;
    message.visibleAt = this.now() + seconds * 1_000;
    message.changedAt = this.now();
    return true;
  }

  /**
   * @param stale without what changed in the last minute; counts that go wrong are right a minute
   *   later
   */
  counts(stale: boolean): { readonly visible: number; readonly hidden: number } {
    this.forgetOld();
    const isStale = this.mayLag(stale || this.countsLag);
    this.countsLag = false;
    const counted = this.messages.filter((m) => !isStale || this.now() - m.changedAt >= COUNTS_SETTLE_MS);
    const hidden = counted.filter((m) => m.visibleAt > this.now()).length;
    return { visible: counted.length - hidden, hidden };
  }

  private mayLag(stale: boolean): boolean {
    if (!stale) this.countsLagSince = undefined;
    else this.countsLagSince ??= this.now();
    const isSettled = this.now() - (this.countsLagSince ?? 0) >= COUNTS_SETTLE_MS;
    if (isSettled) this.countsLagSince = undefined;
    return stale && !isSettled;
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
