import { md5, md5OfAttributes } from './digests.ts';
import { received, sequenceNumber } from './received.ts';
import { bytesOf, type Message, MOST_BYTES, REQUESTS } from './requests.ts';
import { changed, type ServedQueue } from './served-queue.ts';
import { SqsError } from './sqs-error.ts';

type Find = (url: string) => ServedQueue;
type Operation = (input: unknown, find: Find, gone: AbortSignal) => object | Promise<object>;

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  SendMessage(input, find) {
    const { QueueUrl, ...message } = REQUESTS.SendMessage.parse(input);
    if (bytesOf(message) > MOST_BYTES)
      throw new SqsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${MOST_BYTES} bytes.`,
      );
    return sent(find(QueueUrl), message);
  },
  SendMessageBatch(input, find) {
    const { QueueUrl, Entries } = REQUESTS.SendMessageBatch.parse(input);
    if (Entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > MOST_BYTES)
      throw new SqsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MOST_BYTES} bytes.`);
    const queue = find(QueueUrl);
    return eachEntry(queue, Entries, (entry) => sent(queue, entry));
  },
  async ReceiveMessage(input, find, gone) {
    const { QueueUrl, MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout } =
      REQUESTS.ReceiveMessage.parse(input);
    const queue = find(QueueUrl);
    const until = Date.now() + WaitTimeSeconds * 1000;
    for (;;) {
      const messages = queue.fifo.receive(MaxNumberOfMessages, VisibilityTimeout ?? queue.visibilitySeconds);
      if (messages.length > 0) return { Messages: messages.map(received) };
      if (gone.aborted || Date.now() >= until) return {};
      await changed(queue, until, gone);
    }
  },
  DeleteMessage(input, find) {
    const { QueueUrl, ReceiptHandle } = REQUESTS.DeleteMessage.parse(input);
    return removed(find(QueueUrl), ReceiptHandle);
  },
  DeleteMessageBatch(input, find) {
    const { QueueUrl, Entries } = REQUESTS.DeleteMessageBatch.parse(input);
    const queue = find(QueueUrl);
    return eachEntry(queue, Entries, ({ ReceiptHandle }) => removed(queue, ReceiptHandle));
  },
  ChangeMessageVisibility(input, find) {
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = REQUESTS.ChangeMessageVisibility.parse(input);
    return hidden(find(QueueUrl), ReceiptHandle, VisibilityTimeout);
  },
  ChangeMessageVisibilityBatch(input, find) {
    const { QueueUrl, Entries } = REQUESTS.ChangeMessageVisibilityBatch.parse(input);
    const queue = find(QueueUrl);
    return eachEntry(queue, Entries, ({ ReceiptHandle, VisibilityTimeout }) =>
      hidden(queue, ReceiptHandle, VisibilityTimeout),
    );
  },
  GetQueueAttributes(input, find) {
    const { attributes, fifo } = find(REQUESTS.GetQueueAttributes.parse(input).QueueUrl);
    const { visible, hidden: notVisible } = fifo.counts();
    return {
      Attributes: {
        ...attributes,
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(notVisible),
        ApproximateNumberOfMessagesDelayed: '0',
      },
    };
  },
  PurgeQueue(input, find) {
    find(REQUESTS.PurgeQueue.parse(input).QueueUrl).fifo.purge();
    return {};
  },
};

/** Characters that SQS refuses: most control characters, lone surrogates, U+FFFE and U+FFFF. */
const NO_TEXT = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

function sent({ fifo, changes }: ServedQueue, message: Message): object {
  if (NO_TEXT.test(message.MessageBody))
    throw new SqsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  const { MessageBody: body, MessageGroupId: group, MessageDeduplicationId: deduplicationId } = message;
  const attributes = JSON.stringify(message.MessageAttributes);
  const { id, seq } = fifo.send({ group, deduplicationId, body, attributes });
  changes.dispatchEvent(new Event('change'));
  return {
    MessageId: id,
    MD5OfMessageBody: md5(body),
    MD5OfMessageAttributes: md5OfAttributes(message.MessageAttributes),
    SequenceNumber: sequenceNumber(seq),
  };
}

/** What is behind a deleted message of its group may be taken now. */
function removed({ fifo, changes }: ServedQueue, receipt: string): object {
  fifo.remove(receipt);
  changes.dispatchEvent(new Event('change'));
  return {};
}

function hidden({ fifo, changes }: ServedQueue, receipt: string, seconds: number): object {
  fifo.hide(receipt, seconds);
  changes.dispatchEvent(new Event('change'));
  return {};
}

/** Answers each entry by itself, as one that is refused does not stop the others. */
function eachEntry<T extends { readonly Id: string }>(
  { fifo }: ServedQueue,
  entries: readonly T[],
  act: (entry: T) => object,
): object {
  const Successful: object[] = [];
  const Failed: object[] = [];
  fifo.together(() => {
    for (const entry of entries) {
      try {
        Successful.push({ Id: entry.Id, ...act(entry) });
      } catch (error) {
        if (!(error instanceof SqsError)) throw error;
        Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
      }
    }
  });
  return { Successful, Failed };
}
