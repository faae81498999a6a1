import type { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { Fault, ServiceError, WRITE_FAULTS } from './fault.ts';
import type { FifoQueue, Sent } from './fifo-queue.ts';
import type { EffectOptions } from './process.ts';
import { sentOf } from './sqs-shapes.ts';

/** Faults of a send. A repeated one is left out, as deduplication makes it the same as one. */
export const SEND_FAULTS = WRITE_FAULTS.filter((fault) => fault !== Fault.retried);
export const REFUSED = 'refused-';
const ALL = `${REFUSED}all`;
/** This call and the next one refuse the first entry. */
const TWICE = `${REFUSED}twice`;
/** Every second entry is refused. */
const ODD = `${REFUSED}odd`;
/** All but the first are refused. */
const REST = `${REFUSED}rest`;
/** Entries are refused oftener than a poll tries. */
const AGAIN_AND_AGAIN = `${REFUSED}again`;
/** The first entry is refused, the others are taken, and the answer is lost. */
const LOST = `${REFUSED}0-and-lost`;
const MORE_REFUSALS: Readonly<Record<string, number>> = { [TWICE]: 1, [AGAIN_AND_AGAIN]: 3 };

/**
 * SendMessageBatch of one process. SQS may refuse any of its entries singly, and as often as it
 * likes.
 */
export class BatchSender {
  /** How often an entry is still to be refused, by its deduplication id. */
  private readonly refusals = new Map<string, number>();

  send({ input: { Entries = [] } }: SendMessageBatchCommand, queue: FifoQueue): EffectOptions<object> {
    if (Entries.length === 0 || Entries.length > 10) throw new Error('SQS takes 1 to 10 entries');
    const sent = Entries.map(sentOf);
    const singly = Entries.length > 1 ? Entries.map((_, at) => `${REFUSED}${at}`) : [];
    const some = Entries.length > 2 ? [ODD, REST, LOST] : [];
    return {
      kind: 'send',
      detail: () => sent.map(({ attributes }) => attributes.log_id?.slice(-4)).join(' '),
      faults: [...SEND_FAULTS, ...singly, ...some, ALL, TWICE, AGAIN_AND_AGAIN],
      perform: (fault = '') => {
        const Successful: object[] = [];
        const Failed: object[] = [];
        const refused: Sent[] = [];
        for (const [at, one] of sent.entries()) {
          const more = at === 0 ? MORE_REFUSALS[fault] : undefined;
          if (more !== undefined) this.refusals.set(one.deduplicationId, more);
          const left = more ?? this.refusals.get(one.deduplicationId) ?? 0;
          if (more === undefined && left > 0) this.refusals.set(one.deduplicationId, left - 1);
          const isRefused = refuses(fault, at) || left > 0;
          if (isRefused) {
            Failed.push({ Id: Entries[at]?.Id });
            refused.push(one);
          } else {
            queue.send(one);
            Successful.push({ Id: Entries[at]?.Id });
            for (const other of refused) if (other.group === one.group) queue.on.overtaken?.(other);
          }
        }
        if (fault === LOST) throw new ServiceError();
        return { Successful, Failed };
      },
    };
  }
}

function refuses(fault: string, at: number): boolean {
  if (fault === ODD) return at % 2 === 1;
  if (fault === LOST) return at === 0;
  return fault === ALL || fault === `${REFUSED}${at}` || (fault === REST && at > 0);
}
