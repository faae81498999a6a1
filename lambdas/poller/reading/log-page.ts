import type { LogEvent } from '../../shared/log-event.ts';
import type { RateLimit } from './rate-limit.ts';

export interface LogPage {
  /** At most `taken` entries, in the order of their ids; fewer at the end of the log. */
  readonly entries: readonly LogEvent[];
  /** How many entries were asked for. */
  readonly taken: number;
  /** How many entries may be asked for. Fewer are, once answers turn out to be large or slow. */
  readonly most: number;
  /** Size of the answer. */
  readonly bytes: number;
  /** Auth0's clock when it answered, in epoch milliseconds. */
  readonly readAt: number;
  readonly rate?: RateLimit | undefined;
}
