import { beforeEach, describe, expect, it } from 'vitest';
import { FifoQueue, RETENTION_MS } from './fifo-queue.ts';

const MINUTE = 60_000;
let now: number;
let lost: string[];
let queue: FifoQueue;

beforeEach(() => {
  now = 0;
  lost = [];
  queue = new FifoQueue('m', () => now, { lost: ({ body }) => lost.push(body) });
});

function send(body: string, group: string, deduplicationId = body): void {
  queue.send({ body, group, deduplicationId, attributes: {} });
}

function receive(most = 10): string[] {
  return queue.receive(most, MINUTE).map(({ body }) => body);
}

describe('the queue in memory does as SQS FIFO does', () => {
  it('a group with a message in flight gives no other, however late that one is', () => {
    send('a1', 'a');
    send('a2', 'a');
    send('b1', 'b');

    expect(receive(1)).toEqual(['a1']);
    expect(receive()).toEqual(['b1']);
    now = MINUTE;

    expect(receive()).toEqual(['a1', 'a2', 'b1']);
  });

  it('a follower that stays hidden holds back its whole group', () => {
    send('a1', 'a');
    send('a2', 'a');
    const [first] = queue.receive(10, MINUTE);
    queue.changeVisibility(first?.receipt ?? '', 0);

    expect(receive()).toEqual([]);
  });

  it('the same deduplication id adds nothing for five minutes, even after its message is gone', () => {
    send('a1', 'a', 'same');
    queue.delete(queue.receive(1, MINUTE)[0]?.receipt ?? '');
    send('a1', 'a', 'same');

    expect(queue.counts(false)).toEqual({ visible: 0, hidden: 0 });
    now = 5 * MINUTE;
    send('a1', 'a', 'same');

    expect(queue.counts(false)).toEqual({ visible: 1, hidden: 0 });
  });

  it('a receipt is void once the message was received again', () => {
    send('a1', 'a');
    const [before] = queue.receive(1, MINUTE).map(({ receipt }) => receipt);
    now = MINUTE;
    queue.receive(1, MINUTE);
    queue.delete(before ?? '');

    expect(queue.counts(false)).toEqual({ visible: 0, hidden: 1 });
    expect(queue.changeVisibility(before ?? '', 0)).toBe(false);
  });

  it('what is hidden is counted apart, and what is new late', () => {
    send('a1', 'a');
    send('b1', 'b');
    queue.receive(1, MINUTE);

    expect(queue.counts(false)).toEqual({ visible: 1, hidden: 1 });
    expect(queue.counts(true)).toEqual({ visible: 0, hidden: 0 });
  });

  it('after fourteen days a message is gone', () => {
    send('a1', 'a');
    now = RETENTION_MS + 1;

    expect(receive()).toEqual([]);
    expect(lost).toEqual(['a1']);
  });
});
