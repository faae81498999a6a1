import { Untracked } from '../../lambdas/shared/contract.ts';
import type { LoggedLine } from '../connect/connection.ts';
import { numberOf, textOf } from '../connect/logged-line.ts';

/** Lines that tell what became of an event. */
export const ATTEMPT_EVENTS: readonly string[] = ['delivery.attempted', 'event.dismissed'];

/**
 * The newest attempt of an event, or its dismissal. It is kept small, as a period may have hundreds
 * of thousands of open events.
 */
export interface LastAttempt {
  /** Of the attempt, or `dismissed`. */
  readonly outcome: string;
  readonly batch: string;
  readonly ordinal: number;
  /**
   * False when the batch's table was lost or replaced, so that the ledger knows nothing of the
   * event.
   */
  readonly isTracked: boolean;
}

/**
 * Reads an attempt from its line. Undefined for a resend that was not accepted, as other lines tell
 * what became of the event itself.
 */
export function lastAttempt(line: LoggedLine): LastAttempt | undefined {
  const outcome = line.line.event === 'event.dismissed' ? 'dismissed' : textOf(line, 'outcome');
  const batch = textOf(line, 'batch');
  const isReplay = line.line.replay === true || batch.startsWith(Untracked.replay);
  if (isReplay && outcome !== 'delivered') return undefined;
  return { outcome, batch, ordinal: numberOf(line, 'ordinal') ?? -1, isTracked: line.line.tracked !== false };
}
