import * as z from 'zod';
import type { Outcome } from '../../lambdas/deliverer/outcome.ts';
import type { WebhookClient } from '../../lambdas/deliverer/webhook-client.ts';
import { Fault } from './fault.ts';
import type { Process } from './process.ts';

/**
 * How the webhook behaves. `hang`: it never answers, so that every attempt takes its whole
 * time-out.
 */
export type WebhookMode = 'up' | 'down' | 'hang';

export interface Arrival {
  readonly process: Process;
  readonly logId: string;
  /** What the webhook got of it, byte for byte. */
  readonly body: string;
  /** False when the webhook took it but the attempt did not see the answer. */
  readonly answered: boolean;
}

export interface WebhookOptions {
  readonly mode: () => WebhookMode;
  readonly isPoison: (logId: string) => boolean;
  readonly now: () => number;
  readonly passUntil: (time: number) => void;
  readonly timeoutMs: number;
  /** Called when a request leaves. */
  readonly onRequest: (logIds: readonly string[]) => void;
  /** Called when the webhook has taken an event. */
  readonly onArrival: (arrival: Arrival) => void;
}

const TAKEN_TIMED_OUT = 'taken-timed-out';
const TIMED_OUT = 'timed-out';
const STATUS = 'status-500';

export function webhookClient(process: Process, options: WebhookOptions): WebhookClient {
  const { mode, isPoison, now, passUntil, timeoutMs, onRequest, onArrival } = options;
  return {
    attempt(_, body) {
      const sent = eventsIn(body);
      const logIds = sent.map(({ logId }) => logId);
      onRequest(logIds);
      const timesOutAt = now() + timeoutMs;
      return process.effect({
        kind: 'post',
        detail: () => logIds.map((id) => id.slice(-4)).join(' '),
        faults: [STATUS, TIMED_OUT, TAKEN_TIMED_OUT, Fault.crashBefore, Fault.crashAfter],
        perform: (fault) => answer(sent, fault, timesOutAt),
      });
    },
  };

  function answer(sent: readonly Posted[], fault: string | undefined, timesOutAt: number): Outcome {
    if (mode() === 'hang' || fault === TIMED_OUT) {
      passUntil(timesOutAt);
      return { kind: 'retry', reason: 'timeout-response' };
    }
    if (mode() === 'down' || sent.some(({ logId }) => isPoison(logId)) || fault === STATUS)
      return { kind: 'retry', reason: 'status', status: 500 };
    const answered = fault !== TAKEN_TIMED_OUT;
    for (const one of sent) onArrival({ ...one, process, answered });
    if (answered) return { kind: 'delivered', status: 200 };
    passUntil(timesOutAt);
    return { kind: 'retry', reason: 'timeout-response' };
  }
}

type Posted = Pick<Arrival, 'logId' | 'body'>;

const event = z.object({ log_id: z.string() });

/** Events of a request, in order: one event, or with SEND_AS_BATCH a list. */
function eventsIn(body: string): readonly Posted[] {
  const parsed: unknown = JSON.parse(body);
  const all: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return all.map((one) => ({ logId: event.parse(one).log_id, body: JSON.stringify(one) }));
}
