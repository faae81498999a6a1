import type { SQSRecord } from 'aws-lambda';
import { sqsRecord } from '../../test/support/sqs-record.ts';
import type { Clock } from './clock.ts';

export interface Sent {
  readonly body: string;
  readonly group: string;
  readonly deduplicationId: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly bytes: number;
}

interface Waiting extends Sent {
  readonly number: number;
  readonly sentAt: number;
  receives: number;
}

interface Group {
  readonly name: string;
  waiting: Waiting[];
  /** Index of the first message. Taking the first of a million must not move the others. */
  head: number;
  inFlight: number;
  /** Messages that were returned while others of the group are still in flight. */
  returned: Waiting[];
}

/** SQS FIFO at no cost: a group hands out nothing while one of it is in flight or hidden. */
export class FreeQueue {
  waiting = 0;
  private readonly groups = new Map<string, Group>();
  /** Groups that may give something out, in the order in which they became so. */
  private readonly ready = new Set<Group>();
  private readonly inFlight = new Map<string, Waiting>();
  private readonly pollers = new Set<() => void>();
  private drawn = 0;
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  send(sent: Sent): void {
    const name = sent.group;
    const group = this.groups.get(name) ?? { name, waiting: [], head: 0, inFlight: 0, returned: [] };
    this.groups.set(name, group);
    group.waiting.push({ ...sent, number: ++this.drawn, sentAt: this.clock.now, receives: 0 });
    this.waiting++;
    this.makeReady(group);
  }

  /** Takes up to `most` messages. It waits for a first one, but no longer than `waitMs`. */
  async receive(most: number, waitMs: number): Promise<readonly SQSRecord[]> {
    const until = this.clock.now + waitMs;
    while (this.ready.size === 0 && this.clock.now < until) {
      await new Promise<void>((wake) => {
        this.pollers.add(wake);
        this.clock.at(until, () => {
          this.pollers.delete(wake);
          wake();
        });
      });
    }
    const received: SQSRecord[] = [];
    for (const group of this.ready) {
      if (received.length >= most) break;
      this.ready.delete(group);
      const taken = group.waiting.slice(group.head, group.head + most - received.length);
      group.head += taken.length;
      received.push(...taken.map((message) => this.handOut(message, group)));
    }
    return received;
  }

  delete(receipt: string): void {
    const message = this.inFlight.get(receipt);
    if (message) this.waiting--;
    this.comeBack(receipt, () => {});
  }

  hide(receipt: string, seconds: number): void {
    this.clock.at(this.clock.now + seconds * 1_000, () =>
      this.comeBack(receipt, (message, group) => group.returned.push(message)),
    );
  }

  private comeBack(receipt: string, how: (message: Waiting, group: Group) => void): void {
    const message = this.inFlight.get(receipt);
    const group = message && this.groups.get(message.group);
    if (!group) return;
    this.inFlight.delete(receipt);
    group.inFlight--;
    how(message, group);
    this.makeReady(group);
  }

  private handOut(message: Waiting, group: Group): SQSRecord {
    message.receives++;
    group.inFlight++;
    this.inFlight.set(receiptOf(message), message);
    return toRecord(message);
  }

  /** Makes a group ready again when nothing of it is in flight, or forgets it when it is empty. */
  private makeReady(group: Group): void {
    if (group.inFlight > 0 || this.ready.has(group)) return;
    const returned = group.returned.splice(0).toSorted((a, b) => b.number - a.number);
    for (const message of returned) group.waiting[--group.head] = message;
    if (group.head === group.waiting.length) return void this.groups.delete(group.name);
    if (group.head > 1_000 && group.head > group.waiting.length / 2) {
      group.waiting = group.waiting.slice(group.head);
      group.head = 0;
    }
    this.ready.add(group);
    const [wake] = this.pollers;
    if (!wake) return;
    this.pollers.delete(wake);
    wake();
  }
}

function receiptOf({ number, receives }: Waiting): string {
  return `${number}/${receives}`;
}

function toRecord(message: Waiting): SQSRecord {
  const { number, receives } = message;
  return sqsRecord({
    ...message,
    messageId: String(number),
    receiptHandle: receiptOf(message),
    receiveCount: receives,
  });
}
