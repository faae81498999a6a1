import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { MappedQueue } from '../../local/queue/mapped-queue.ts';

/** A queue that another process serves, for the event source mapping. */
export function queueByRequests(client: SQSClient, QueueUrl: string): MappedQueue {
  return {
    async receive(MaxNumberOfMessages, stopping) {
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages,
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      const { Messages = [] } = await client.send(command, { abortSignal: stopping });
      return Messages.map((message) => ({ ...message, ReceiptHandle: message.ReceiptHandle ?? '' }));
    },

    async remove(receipts) {
      const Entries = receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      return Failed.map(({ Code = 'unknown' }) => Code);
    },

    async giveBack(receipts) {
      const Entries = receipts.map((ReceiptHandle, index) => ({
        Id: String(index),
        ReceiptHandle,
        VisibilityTimeout: 0,
      }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    },
  };
}
