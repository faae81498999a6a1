import type { LogFields } from '../../lambdas/shared/logger.ts';
import type { Message } from './fifo-queue.ts';
import type { Process } from './process.ts';
import { placeOf } from './receipt.ts';

const FIRST_SECONDS = 5;
/** Half of the longest delays, as the other half is random. */
const LEAST_NOT_STARTED_SECONDS = 7.5 * 60;
const LEAST_UNRECORDED_SECONDS = 15 * 60;
/** How long the invocation may take from the change of visibility to its end. */
const TOLERANCE_MS = 2_000;

interface Ended {
  readonly process: Process;
  readonly messages: readonly Message[];
  /** What the invocation threw; undefined when it ended well. */
  readonly error: unknown;
  readonly now: number;
}

/**
 * Watches an invocation that could not start, or could not record what it did. It must fail, so
 * that an alarm fires, and its records must come back later each time.
 */
export class Backoff {
  private isNotStarted = false;
  private readonly unrecorded = new Set<unknown>();
  private readonly attempted = new Set<string>();

  onTold(event: string, fields: LogFields): void {
    if (event === 'delivery.not-started') this.isNotStarted = true;
    if (event === 'ledger.failed') this.unrecorded.add(fields.batch);
    if (event === 'delivery.attempted')
      this.attempted.add(placeOf(String(fields.batch), Number(fields.ordinal)));
  }

  /** Says what is wrong; undefined when nothing is. */
  fault({ process, messages, error, now }: Ended): string | undefined {
    if (!this.isNotStarted && this.unrecorded.size === 0) return undefined;
    if (error === undefined) return `${process.name} could not do its work, and ends as if it had`;
    if (process.wasFrozen || process.faults.some((fault) => fault.startsWith('postpone '))) return undefined;
    const early = messages.find(
      (message) => message.visibleAt < now + this.leastMs(message, messages) - TOLERANCE_MS,
    );
    return early && `${early.id}, received ${early.receiveCount} times, comes back too early`;
  }

  private leastMs({ attributes, receiveCount }: Message, messages: readonly Message[]): number {
    const half = (FIRST_SECONDS * 2 ** (receiveCount - 1)) / 2;
    if (this.isNotStarted) return Math.min(half, LEAST_NOT_STARTED_SECONDS) * 1_000;
    const { batch = '', ordinal = '' } = attributes;
    const place = placeOf(batch, ordinal);
    // With two messages of one event nothing shows which of them was attempted.
    const isTwice =
      messages.filter(({ attributes: a }) => placeOf(a.batch ?? '', a.ordinal ?? '') === place).length > 1;
    const isUnrecorded = this.unrecorded.has(batch) && this.attempted.has(place) && !isTwice;
    return isUnrecorded ? Math.min(half, LEAST_UNRECORDED_SECONDS) * 1_000 : 0;
  }
}
