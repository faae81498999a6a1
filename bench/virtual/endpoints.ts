import type { Outcome } from '../../lambdas/deliverer/outcome.ts';
import type { Endpoint } from './webhook.ts';

export const OK: Outcome = { kind: 'delivered', status: 200 };
export const ANSWER_MS = 100;

/** Ways in which an endpoint is down. */
export const DOWN = {
  refused: { ms: 10, outcome: { kind: 'retry', reason: 'connection' } },
  503: { ms: 200, outcome: { kind: 'retry', reason: 'status', status: 503 } },
  hanging: { ms: 15_000, outcome: { kind: 'retry', reason: 'timeout-response' } },
} as const satisfies Record<string, ReturnType<Endpoint>>;

/** An endpoint that is down from the start until that moment. */
export function downUntil(until: number, kind: keyof typeof DOWN): Endpoint {
  return (now) => (now < until ? DOWN[kind] : { ms: ANSWER_MS, outcome: OK });
}

/** An endpoint at which some events always fail. */
export function poisoned(isPoison: (logId: string) => boolean): Endpoint {
  const failed: Outcome = { kind: 'retry', reason: 'status', status: 500 };
  return (_now, logId) => ({ ms: ANSWER_MS, outcome: isPoison(logId) ? failed : OK });
}
