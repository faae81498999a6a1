import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { Fault, READ_FAULTS } from './fault.ts';
import type { FifoQueue } from './fifo-queue.ts';
import type { EffectOptions, Process } from './process.ts';
import { BatchSender, REFUSED, SEND_FAULTS } from './send-batch.ts';
import { sentOf, toMessage } from './sqs-shapes.ts';

export interface Queues {
  readonly main: FifoQueue;
  readonly dead: FifoQueue;
}

export const QUEUE_URLS = { main: 'https://sqs/main.fifo', dead: 'https://sqs/dead.fifo' } as const;

const STALE = 'stale-count';

/** An SQS client whose every call is an effect of the process. */
export function queueClient(queues: Queues, process: Process): SQSClient {
  const batches = new BatchSender();
  const at = ({ QueueUrl }: { readonly QueueUrl?: string | undefined }) =>
    QueueUrl === QUEUE_URLS.main ? queues.main : queues.dead;
  const effectOf = (command: unknown): EffectOptions<object> => {
    if (command instanceof SendMessageBatchCommand) return batches.send(command, at(command.input));
    if (command instanceof SendMessageCommand) return move(command, at(command.input));
    if (command instanceof GetQueueAttributesCommand) return count(command, at(command.input));
    if (command instanceof ChangeMessageVisibilityBatchCommand) return postpone(command, at(command.input));
    if (command instanceof DeleteMessageBatchCommand) return removeAll(command, at(command.input));
    if (command instanceof DeleteMessageCommand) return remove(command, at(command.input));
    if (command instanceof ReceiveMessageCommand) return receive(command, at(command.input));
    throw new Error('an SQS command that the fake does not know');
  };
  const client = { send: (command: unknown): Promise<object> => process.effect(effectOf(command)) };
  return client as unknown as SQSClient;
}

function move({ input }: SendMessageCommand, queue: FifoQueue): EffectOptions<object> {
  return {
    kind: 'move',
    detail: () => `${sentOf(input).attributes.log_id?.slice(-4)} to ${input.QueueUrl}`,
    faults: SEND_FAULTS,
    perform: () => {
      queue.send(sentOf(input));
      return {};
    },
  };
}

/**
 * Hidden messages are counted apart. Code that leaves them out takes a queue for empty that is not.
 */
function count({ input }: GetQueueAttributesCommand, queue: FifoQueue): EffectOptions<object> {
  return {
    kind: 'count',
    detail: () => input.QueueUrl ?? '',
    faults: [...READ_FAULTS, STALE],
    perform: (fault) => {
      const { visible, hidden } = queue.counts(fault === STALE);
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(hidden),
          ApproximateNumberOfMessagesDelayed: '0',
        },
      };
    },
  };
}

function postpone(
  { input: { Entries = [] } }: ChangeMessageVisibilityBatchCommand,
  queue: FifoQueue,
): EffectOptions<object> {
  if (Entries.length === 0 || Entries.length > 10) throw new Error('SQS takes 1 to 10 entries');
  return {
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
        else if (!queue.changeVisibility(ReceiptHandle, VisibilityTimeout))
          Failed.push({ Id, SenderFault: true, Code: 'MessageNotInflight' });
      }
      return Failed.length > 0 ? { Failed } : {};
    },
  };
}

function removeAll(
  { input: { Entries = [] } }: DeleteMessageBatchCommand,
  queue: FifoQueue,
): EffectOptions<object> {
  return {
    kind: 'remove',
    detail: () => Entries.map(({ ReceiptHandle }) => ReceiptHandle).join(' '),
    faults: [Fault.fails, Fault.crashBefore, Fault.crashAfter],
    perform: () => {
      for (const { ReceiptHandle = '' } of Entries) queue.delete(ReceiptHandle);
      return {};
    },
  };
}

function remove({ input }: DeleteMessageCommand, queue: FifoQueue): EffectOptions<object> {
  return {
    kind: 'remove',
    detail: () => input.ReceiptHandle ?? '',
    faults: [Fault.fails, Fault.crashBefore, Fault.crashAfter],
    perform: () => {
      queue.delete(input.ReceiptHandle ?? '');
      return {};
    },
  };
}

function receive(
  { input: { QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout = 30 } }: ReceiveMessageCommand,
  queue: FifoQueue,
): EffectOptions<object> {
  return {
    kind: 'receive',
    detail: () => QueueUrl ?? '',
    faults: [Fault.fails, Fault.crashBefore, Fault.crashAfter],
    perform: () => ({
      Messages: queue.receive(MaxNumberOfMessages, VisibilityTimeout * 1_000).map(toMessage),
    }),
  };
}
