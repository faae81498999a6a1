import { Untracked } from '../../lambdas/shared/contract.ts';
import type { LoggedLine } from '../connect/connection.ts';
import { numberOf, textOf } from '../connect/logged-line.ts';

/** What is kept of an event's newest attempt: small, as hundreds of thousands may be open. */
export interface LastAttempt {
  readonly outcome: string;
  readonly batch: string;
  readonly ordinal: number;
  /** False: its table was lost or replaced, so the ledger does not know it. */
  readonly isTracked: boolean;
}

/**
 * Undefined for a resend that was not accepted: what became of the event itself is told by other
 * lines.
 */
export function lastAttempt(line: LoggedLine): LastAttempt | undefined {
  const outcome = textOf(line, 'outcome');
  const batch = textOf(line, 'batch');
  const isReplay = line.line.replay === true || batch.startsWith(Untracked.replay);
  if (isReplay && outcome !== 'delivered') return undefined;
  return { outcome, batch, ordinal: numberOf(line, 'ordinal') ?? -1, isTracked: line.line.tracked !== false };
}
