import type { SQSRecord } from 'aws-lambda';
import type { VirtualClock } from './clock.ts';

export interface Waiting {
  readonly record: SQSRecord;
  readonly group: string;
  receives: number;
}

/**
 * SQS FIFO in virtual time: while a message of a group is in flight or hidden, no other of that
 * group is handed out.
 */
export class VirtualQueue {
  waiting = 0;
  receives = 0;
  mostReceives = 0;
  private readonly groups = new Map<string, Waiting[]>();
  private ready: string[] = [];
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
    if (messages.length === 1) this.makeReady(group);
  }

  /** Up to ten; waits until there are some. */
  async receive(): Promise<readonly Waiting[]> {
    while (this.ready.length === 0) await new Promise<void>((ring) => this.pollers.push(ring));
    const received: Waiting[] = [];
    while (received.length < 10) {
      const group = this.ready.shift();
      if (group === undefined) break;
      received.push(...(this.groups.get(group) ?? []).slice(0, 10 - received.length));
    }
    for (const message of received) {
      message.receives++;
      this.receives++;
      this.mostReceives = Math.max(this.mostReceives, message.receives);
    }
    return received;
  }

  /** What has a hiding time returns after it, the others are deleted. */
  settle(received: readonly Waiting[], hidden: ReadonlyMap<string, number>): void {
    for (const [group, own] of Map.groupBy(received, (message) => message.group)) {
      const gone = new Set(own.filter(({ record }) => !hidden.has(record.messageId)));
      this.waiting -= gone.size;
      const left = (this.groups.get(group) ?? []).filter((message) => !gone.has(message));
      this.groups.set(group, left);
      if (left.length === 0) this.groups.delete(group);
      else {
        const seconds = Math.max(0, ...own.map(({ record }) => hidden.get(record.messageId) ?? 0));
        this.clock.at(this.clock.now + seconds * 1_000, () => this.makeReady(group));
      }
    }
  }

  private makeReady(group: string): void {
    this.ready.push(group);
    this.pollers.shift()?.();
  }
}
