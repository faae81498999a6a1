import type { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { hideMessages } from '../../../../lambdas/shared/queue/hide.ts';
import { receiveMessages } from '../../../../lambdas/shared/queue/receive.ts';
import { sendMessages } from '../../../../lambdas/shared/queue/send.ts';
import { eventQueues } from '../../../support/services.ts';

/** A client of SQS that refuses single entries as it is told: by call, then by receipt. */
function refusing(refusals: readonly Readonly<Record<string, boolean>>[]) {
  const calls: (string | undefined)[][] = [];
  const send = async ({ input: { Entries = [] } }: ChangeMessageVisibilityBatchCommand) => {
    const senderFaults = refusals[calls.length] ?? {};
    calls.push(Entries.map(({ ReceiptHandle }) => ReceiptHandle));
    const refused = Entries.filter(({ ReceiptHandle = '' }) => ReceiptHandle in senderFaults);
    return {
      Failed: refused.map(({ Id, ReceiptHandle = '' }) => ({
        Id,
        Code: 'refused',
        SenderFault: senderFaults[ReceiptHandle],
      })),
    };
  };
  return { calls, queue: { client: { send } as unknown as SQSClient, url: 'queue' } };
}

const changes = (...receipts: string[]) => receipts.map((receiptHandle) => ({ receiptHandle, seconds: 30 }));

it('makes a hidden message visible again', async () => {
  const { client, events } = await eventQueues();
  const queue = { client, url: events.url };
  const ids = Array.from({ length: 3 }, (_, n) => String(n));
  await sendMessages(
    queue,
    ids.map((id) => ({ body: '{}', group: id, deduplicationId: id, attributes: {} })),
  );
  const at = { most: 10, hiddenSeconds: 60 };
  const first = await receiveMessages(queue, at);

  const refused = await hideMessages(
    queue,
    first.map(({ receiptHandle }) => ({ receiptHandle, seconds: 0 })),
  );

  expect(refused).toEqual([]);
  expect(await receiveMessages(queue, at)).toHaveLength(3);
});

it('asks for ten at a time', async () => {
  const { queue, calls } = refusing([]);

  await hideMessages(queue, changes(...'abcdefghijkl'));

  expect(calls.map(({ length }) => length)).toEqual([10, 2]);
});

it('tries once more what SQS could not do, and not what it will never do', async () => {
  const { queue, calls } = refusing([{ a: true, b: false, c: false }, { c: false }]);

  const refused = await hideMessages(queue, changes('a', 'b', 'c', 'd'));

  expect(calls).toEqual([
    ['a', 'b', 'c', 'd'],
    ['b', 'c'],
  ]);
  expect(refused.map(({ change, code }) => [change.receiptHandle, code])).toEqual([
    ['a', 'refused'],
    ['c', 'refused'],
  ]);
});
