import type { SQSRecord } from 'aws-lambda';
import type { Ledger } from '../../lambdas/shared/ledger/ledger.ts';
import { toAttributes } from '../../lambdas/shared/queue/webhook-message.ts';
import { sqsRecord } from '../../test/support/sqs-record.ts';

export const BEGIN = Date.UTC(2026, 0, 1);
const PER_BATCH = 100;

/**
 * Puts the events into batches of a hundred, as a poll does.
 * @returns the record of each event
 */
export async function enqueueAll(ledger: Ledger, waiting: number, resources: number): Promise<SQSRecord[]> {
  let state = await ledger.createState('ledger', '1000000');
  const records: SQSRecord[] = [];
  for (let from = 0; from < waiting && state; from += PER_BATCH) {
    const numbers = Array.from({ length: Math.min(PER_BATCH, waiting - from) }, (_, n) => from + n);
    const place = { from: state.cursor, to: String(1_000_000 + from + numbers.length) };
    const pending = new Set(numbers.keys());
    const batch = await ledger.putBatch({
      ...place,
      seq: state.seq + 1,
      openedAt: BEGIN,
      oldestAt: BEGIN,
      pending,
    });
    const ids = numbers.map(String);
    state = await ledger.claim(state, { cursor: place.to, last: { id: batch, ...place, ids } });
    await ledger.markEnqueued({ id: batch, round: 0 });
    for (const [ordinal, number] of numbers.entries())
      records.push(recordOf(batch, ordinal, number, `users/${number % resources}`));
  }
  return records;
}

function recordOf(batch: string, ordinal: number, number: number, resource: string): SQSRecord {
  const body = '{}';
  return sqsRecord({
    messageId: `m${number}`,
    receiptHandle: `r${number}`,
    body,
    group: resource,
    sentAt: BEGIN,
    receiveCount: 1,
    attributes: toAttributes({ body, ledger: 'ledger', batch, ordinal, logId: `e${number}`, resource }),
  });
}
