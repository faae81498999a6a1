import type { Outcome } from '../../lambdas/deliverer/outcome.ts';
import type { VirtualClock } from './clock.ts';
import { BEGIN } from './events.ts';

/**
 * An endpoint: what it answers at a moment (milliseconds since the start), and how long that takes.
 */
export type Endpoint = (now: number, logId: string) => { readonly ms: number; readonly outcome: Outcome };

/** Makes the webhook of an endpoint, which keeps what it was asked. */
export function webhookOf(endpoint: Endpoint, clock: VirtualClock) {
  const tally = { requests: 0, refused: 0, delivered: 0, atOnce: 0, mostAtOnce: 0, last: 0 };
  const attempt = async (webhookId: string): Promise<Outcome> => {
    tally.requests++;
    tally.mostAtOnce = Math.max(tally.mostAtOnce, ++tally.atOnce);
    const { ms, outcome } = endpoint(clock.now - BEGIN, webhookId);
    await clock.sleep(ms);
    tally.atOnce--;
    if (outcome.status === 429) tally.refused++;
    if (outcome.kind === 'delivered') {
      tally.delivered++;
      tally.last = clock.now - BEGIN;
    }
    return outcome;
  };
  return { attempt, tally };
}
