import type { SQSRecord } from 'aws-lambda';
import { sqsRecord } from '../support/sqs-record.ts';
import type { Message } from './fifo-queue.ts';

/** Makes the record that Lambda hands to a function. */
export function toRecord(message: Message): SQSRecord {
  return sqsRecord({ ...message, messageId: message.id, receiptHandle: message.receipt });
}
