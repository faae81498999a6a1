import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { Fault, READ_FAULTS, WRITE_FAULTS } from './fault.ts';
import type { FifoQueue, Message, Sent } from './fifo-queue.ts';
import type { Process } from './process.ts';

export interface Queues {
  readonly main: FifoQueue;
  readonly dead: FifoQueue;
}

export const QUEUE_URLS = { main: 'https://sqs/main.fifo', dead: 'https://sqs/dead.fifo' } as const;

const SEND_FAULTS = WRITE_FAULTS.filter((fault) => fault !== Fault.retried); // deduplication makes it the same as once
const STALE = 'stale-count';
const REFUSED = 'refused-';

/** An SQS client whose every call is an effect of the process. */
export function queueClient(queues: Queues, process: Process): SQSClient {
  const client = {
    send(command: unknown): Promise<object> {
      if (command instanceof SendMessageBatchCommand) return sendBatch(command);
      if (command instanceof SendMessageCommand) return move(command);
      if (command instanceof GetQueueAttributesCommand) return count(command);
      if (command instanceof ChangeMessageVisibilityBatchCommand) return postpone(command);
      if (command instanceof DeleteMessageCommand) return remove(command);
      if (command instanceof ReceiveMessageCommand) return receive(command);
      throw new Error('an SQS command that the fake does not know');
    },
  };
  return client as unknown as SQSClient;

  function sendBatch({ input: { QueueUrl, Entries = [] } }: SendMessageBatchCommand): Promise<object> {
    if (Entries.length === 0 || Entries.length > 10) throw new Error('SQS takes 1 to 10 entries');
    return process.effect({
      kind: 'send',
      detail: () => Entries.map((entry) => sentOf(entry).attributes.log_id?.slice(-4)).join(' '),
      faults: [...SEND_FAULTS, ...(Entries.length > 1 ? Entries.map((_, at) => `${REFUSED}${at}`) : [])],
      perform: (fault) => {
        const Failed = [];
        for (const [at, entry] of Entries.entries()) {
          if (fault === `${REFUSED}${at}`) Failed.push({ Id: entry.Id });
          else queueAt(QueueUrl).send(sentOf(entry));
        }
        return Failed.length > 0 ? { Failed } : {};
      },
    });
  }

  function move({ input }: SendMessageCommand): Promise<object> {
    return process.effect({
      kind: 'move',
      detail: () => `${sentOf(input).attributes.log_id?.slice(-4)} to ${input.QueueUrl}`,
      faults: SEND_FAULTS,
      perform: () => {
        queueAt(input.QueueUrl).send(sentOf(input));
        return {};
      },
    });
  }

  function count({ input: { QueueUrl } }: GetQueueAttributesCommand): Promise<object> {
    return process.effect({
      kind: 'count',
      detail: () => QueueUrl ?? '',
      faults: [...READ_FAULTS, STALE],
      perform: (fault) => ({
        Attributes: { ApproximateNumberOfMessages: String(queueAt(QueueUrl).count(fault === STALE)) },
      }),
    });
  }

  function postpone({
    input: { QueueUrl, Entries = [] },
  }: ChangeMessageVisibilityBatchCommand): Promise<object> {
    if (Entries.length === 0 || Entries.length > 10) throw new Error('SQS takes 1 to 10 entries');
    return process.effect({
      kind: 'postpone',
      detail: () =>
        Entries.map(
          ({ ReceiptHandle, VisibilityTimeout }) => `${ReceiptHandle} by ${VisibilityTimeout} s`,
        ).join(),
      faults: [Fault.fails, Fault.failsAfter, Fault.crashBefore, Fault.crashAfter, `${REFUSED}0`],
      perform: (fault) => {
        const Failed = [];
        for (const [at, { Id, ReceiptHandle = '', VisibilityTimeout = 0 }] of Entries.entries()) {
          if (fault === `${REFUSED}${at}`) Failed.push({ Id, SenderFault: false, Code: 'InternalError' });
          else if (!queueAt(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout))
            Failed.push({ Id, SenderFault: true, Code: 'MessageNotInflight' });
        }
        return Failed.length > 0 ? { Failed } : {};
      },
    });
  }

  function remove({ input }: DeleteMessageCommand): Promise<object> {
    return process.effect({
      kind: 'remove',
      detail: () => input.ReceiptHandle ?? '',
      faults: [Fault.fails, Fault.crashBefore, Fault.crashAfter],
      perform: () => {
        queueAt(input.QueueUrl).delete(input.ReceiptHandle ?? '');
        return {};
      },
    });
  }

  function receive({ input }: ReceiveMessageCommand): Promise<object> {
    const { QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout = 30 } = input;
    return process.effect({
      kind: 'receive',
      detail: () => QueueUrl ?? '',
      faults: [Fault.fails, Fault.crashBefore, Fault.crashAfter],
      perform: () => ({
        Messages: queueAt(QueueUrl)
          .receive(MaxNumberOfMessages, VisibilityTimeout * 1_000)
          .map(toMessage),
      }),
    });
  }

  function queueAt(url: string | undefined): FifoQueue {
    return url === QUEUE_URLS.main ? queues.main : queues.dead;
  }
}

interface SendInput {
  readonly MessageBody?: string | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
}

function sentOf(input: SendInput): Sent {
  const {
    MessageBody = '',
    MessageGroupId = '',
    MessageDeduplicationId = '',
    MessageAttributes = {},
  } = input;
  const attributes = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [
    name,
    StringValue,
  ]);
  return {
    body: MessageBody,
    group: MessageGroupId,
    deduplicationId: MessageDeduplicationId,
    attributes: Object.fromEntries(attributes),
  };
}

function toMessage({ id, receipt, body, group, sentAt, receiveCount, attributes }: Message): object {
  return {
    MessageId: id,
    ReceiptHandle: receipt,
    Body: body,
    Attributes: {
      MessageGroupId: group,
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: String(receiveCount),
    },
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: 'String', StringValue }]),
    ),
  };
}
