import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { InvocationResult } from '../../../local/host/invocation.ts';
import { returnedIds } from '../../../local/queue/batch-response.ts';
import { sqsEvent } from '../../../local/queue/sqs-event.ts';
import { clientOf, LOCAL_REGION } from '../../../local/services/identity.ts';
import type { Mapping } from '../../../local/template/pipeline.ts';

export interface QueueDriver {
  /**
   * Hands out what is on the queue, once. What returned earlier is visible again.
   * @returns the number of messages
   */
  deliver(
    invoke: (payload: string) => Promise<InvocationResult>,
  ): Promise<{ received: number; deleted: number }>;
  /** What SQS would count of a queue now. */
  counts(queue: 'queue' | 'deadLetterQueue'): Promise<{ visible: number; notVisible: number }>;
  /**
   * Does what StartMessageMoveTask does, which the embedded SQS lacks: every dead letter goes back
   * to the queue, as a new message.
   */
  redrive(): Promise<void>;
}

export function driveQueue(
  endpoint: string,
  mapping: Mapping,
  queueUrl: (name: string) => string,
): QueueDriver {
  const client = new SQSClient(clientOf(endpoint));
  const urls = {
    queue: queueUrl(mapping.queue.name),
    deadLetterQueue: queueUrl(mapping.deadLetterQueue.name),
  };
  let hidden: readonly Message[] = [];

  const receive = async (QueueUrl: string): Promise<readonly Message[]> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: mapping.batchSize,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages;
  };
  const remove = (QueueUrl: string, { ReceiptHandle }: Message) =>
    client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

  return {
    async deliver(invoke) {
      for (const { ReceiptHandle } of hidden)
        await client.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: urls.queue, ReceiptHandle, VisibilityTimeout: 0 }),
        );
      const returned: Message[] = [];
      let received = 0;
      for (
        let messages = await receive(urls.queue);
        messages.length > 0;
        messages = await receive(urls.queue)
      ) {
        received += messages.length;
        const result = await invoke(JSON.stringify(sqsEvent(messages, mapping.queue.arn, LOCAL_REGION)));
        const ids = new Set(messages.flatMap(({ MessageId }) => MessageId ?? []));
        const back = returnedIds(result, ids, mapping.reportsBatchItemFailures);
        for (const message of messages) {
          if (back.has(message.MessageId ?? '')) returned.push(message);
          else await remove(urls.queue, message);
        }
      }
      hidden = returned;
      return { received, deleted: received - returned.length };
    },

    async counts(queue) {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: urls[queue], AttributeNames: ['All'] }),
      );
      return {
        visible: Number(Attributes.ApproximateNumberOfMessages),
        notVisible: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
      };
    },

    async redrive() {
      for (const message of await receive(urls.deadLetterQueue)) {
        await client.send(
          new SendMessageCommand({
            QueueUrl: urls.queue,
            MessageBody: message.Body,
            MessageAttributes: message.MessageAttributes,
            MessageGroupId: message.Attributes?.MessageGroupId,
            MessageDeduplicationId: message.MessageId,
          }),
        );
        await remove(urls.deadLetterQueue, message);
      }
    },
  };
}
