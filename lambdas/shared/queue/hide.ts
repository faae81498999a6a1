import { type BatchResultErrorEntry, ChangeMessageVisibilityBatchCommand } from '@aws-sdk/client-sqs';
import type { Queue } from './queue.ts';

/** What SQS takes in one call. */
const CHANGES_PER_CALL = 10;

export interface VisibilityChange {
  readonly receiptHandle: string;
  /** Seconds for which the message is hidden from now on; 0 = it is handed out again at once. */
  readonly seconds: number;
}

export interface RefusedChange<T extends VisibilityChange> {
  readonly change: T;
  /** SQS's own code, such as `InvalidParameterValue`. */
  readonly code: string;
}

/**
 * Hides messages, each for its own time. Throws when a call fails as a whole.
 * @returns those that SQS refused singly
 */
export async function hideMessages<T extends VisibilityChange>(
  queue: Queue,
  changes: readonly T[],
): Promise<readonly RefusedChange<T>[]> {
  const refused: RefusedChange<T>[] = [];
  for (let from = 0; from < changes.length; from += CHANGES_PER_CALL) {
    const call = changes.slice(from, from + CHANGES_PER_CALL);
    const first = await hideOnce(queue, call);
    // SQS's own trouble with single entries passes, so those are tried again. What it calls our
    // fault, such as a receipt that is too old, stays.
    const again = first.filter(({ isOurs }) => !isOurs).map(({ change }) => change);
    refused.push(...first.filter(({ isOurs }) => isOurs));
    if (again.length > 0) refused.push(...(await hideOnce(queue, again)));
  }
  return refused.map(({ change, code }) => ({ change, code }));
}

async function hideOnce<T extends VisibilityChange>({ client, url }: Queue, changes: readonly T[]) {
  const Entries = changes.map(({ receiptHandle, seconds }, index) => ({
    Id: String(index),
    ReceiptHandle: receiptHandle,
    VisibilityTimeout: seconds,
  }));
  const { Failed = [] } = await client.send(
    new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }),
  );
  return Failed.flatMap((failed) => refusalOf(changes, failed));
}

function refusalOf<T extends VisibilityChange>(changes: readonly T[], failed: BatchResultErrorEntry) {
  const change = changes[Number(failed.Id)];
  return change ? [{ change, code: failed.Code ?? 'unknown', isOurs: failed.SenderFault === true }] : [];
}
