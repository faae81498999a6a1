import type { SQSEvent } from 'aws-lambda';
import { fromAttributes } from '../../lambdas/shared/queue/webhook-message.ts';
import { inWords } from './in-words.ts';

/** Words for the events that are being delivered. Log lines have none, as they hold no payload. */
export interface EventWords {
  takeEvent(event: SQSEvent): void;
  of(logId: string): string;
}

/** How many are kept: more than are ever in flight. */
const MOST = 5_000;

export function createEventWords(): EventWords {
  const words = new Map<string, string>();
  return {
    takeEvent({ Records }) {
      for (const { body, messageAttributes } of Records) {
        const texts = Object.entries(messageAttributes).map(([name, { stringValue }]) => [name, stringValue]);
        const message = fromAttributes(body, Object.fromEntries(texts));
        if (message) words.set(message.logId, inWords(body));
      }
      for (const [first] of words) {
        if (words.size <= MOST) break;
        words.delete(first);
      }
    },
    of: (logId) => words.get(logId) ?? 'event',
  };
}
