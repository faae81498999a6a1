import type { SQSRecord } from 'aws-lambda';
import type { VirtualClock } from './clock.ts';

export interface Waiting {
  /** The record, with its own receive count. */
  readonly record: SQSRecord;
  readonly group: string;
  receives: number;
}

/**
 * How soon a long poll answers after a message is there. What came together is handed out together.
 */
const ANSWER_MS = 5;

/**
 * A FIFO queue of SQS in virtual time. While a message of a group is in flight or hidden, no other
 * of that group is handed out.
 */
export class VirtualQueue {
  waiting = 0;
  receives = 0;
  mostReceives = 0;
  private readonly groups = new Map<string, Waiting[]>();
  /** Groups that may hand something out. Those before index `handedOut` have done so. */
  private ready: string[] = [];
  private handedOut = 0;
  private readonly pollers: (() => void)[] = [];
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  send(record: SQSRecord): void {
    const group = record.attributes.MessageGroupId ?? '';
    const messages = this.groups.get(group) ?? [];
    messages.push({ record, group, receives: 0 });
    this.groups.set(group, messages);
    this.waiting++;
    if (messages.length === 1) this.makeReady([group]);
  }

  /** Takes up to ten messages, and waits until there are some. */
  async receive(): Promise<readonly Waiting[]> {
    while (this.isEmpty) {
      await new Promise<void>((ring) => this.pollers.push(ring));
      await this.clock.sleep(ANSWER_MS);
    }
    const received: Waiting[] = [];
    while (received.length < 10 && !this.isEmpty)
      received.push(...(this.groups.get(this.nextGroup()) ?? []).slice(0, 10 - received.length));
    for (const message of received) {
      message.receives++;
      message.record.attributes.ApproximateReceiveCount = String(message.receives);
      this.receives++;
      this.mostReceives = Math.max(this.mostReceives, message.receives);
    }
    if (!this.isEmpty) this.pollers.shift()?.();
    return received;
  }

  /** Returns the messages that have a hiding time after that time, and deletes the others. */
  finish(received: readonly Waiting[], hidden: ReadonlyMap<string, number>): void {
    const returning = new Map<number, string[]>();
    for (const [group, own] of Map.groupBy(received, (message) => message.group)) {
      this.removeAllBut(hidden, group, own);
      if (!this.groups.has(group)) continue;
      const seconds = Math.max(0, ...own.map(({ record }) => hidden.get(record.messageId) ?? 0));
      returning.set(seconds, [...(returning.get(seconds) ?? []), group]);
    }
    for (const [seconds, groups] of returning)
      this.clock.at(this.clock.now + seconds * 1_000, () => this.makeReady(groups));
  }

  private removeAllBut(hidden: ReadonlyMap<string, number>, group: string, own: readonly Waiting[]): void {
    const gone = new Set(own.filter(({ record }) => !hidden.has(record.messageId)));
    if (gone.size === 0) return;
    this.waiting -= gone.size;
    const left = (this.groups.get(group) ?? []).filter((message) => !gone.has(message));
    if (left.length === 0) this.groups.delete(group);
    else this.groups.set(group, left);
  }

  private makeReady(groups: readonly string[]): void {
    this.ready.push(...groups);
    this.pollers.shift()?.();
  }

  private get isEmpty(): boolean {
    return this.handedOut === this.ready.length;
  }

  /**
   * The next group that may hand something out. The others are not moved, as there may be fifty
   * thousand.
   */
  private nextGroup(): string {
    const group = this.ready[this.handedOut++] ?? '';
    if (this.handedOut < this.ready.length / 2) return group;
    this.ready = this.ready.slice(this.handedOut);
    this.handedOut = 0;
    return group;
  }
}
