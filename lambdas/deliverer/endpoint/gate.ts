import type { RetryAnswer } from '../retry-policy.ts';
import type { Paced } from './adjust-pace.ts';
import { type Candidate, decide } from './decide.ts';
import type { GateDeps } from './gate-deps.ts';
import { type FailedEvent, failedDelay, holdSeconds } from './hold.ts';
import { isPaused } from './item.ts';
import { afterFailure, afterSuccess, type EndpointFailure } from './learn.ts';
import { claimProbe } from './probe.ts';
import type { StoredEndpoint } from './store.ts';
import { type Taking, takeTurn } from './take-turn.ts';
import { EndpointView } from './view.ts';

export type Admission =
  | { readonly kind: 'go'; readonly paced: Paced }
  /** The endpoint gets no request now. */
  | { readonly kind: 'hold' }
  /** There is no time for an attempt before the function has to end. */
  | { readonly kind: 'no-time' };

/** Stands before every request. It lets the request go, waits for its turn, or holds it. */
export interface Gate {
  /** @param left requests that the invocation still has to make */
  admit(candidate: Candidate, left: number): Promise<Admission>;
  isPaused(): boolean;
  delivered(paced: Paced): Promise<void>;
  failed(failure: Omit<EndpointFailure, 'hasDelivered'>): Promise<void>;
  holdSeconds(receiveCount: number): number;
  failedDelay(event: FailedEvent, answer: RetryAnswer, random: number): number;
}

/** @param stored the item as the invocation has read it. While all is well it reads no other. */
export function openGate(deps: GateDeps, stored: StoredEndpoint): Gate {
  const view = new EndpointView(deps, stored);
  const { now, concurrentCalls } = deps;
  const draw = deps.random(); // one for all holds: what came together comes back together
  const taking: Taking = { view, turns: [] };
  let hasDelivered = false;
  return {
    isPaused: () => isPaused(view.item),
    holdSeconds: (receiveCount) => holdSeconds(view.item, receiveCount, now(), draw),
    failedDelay: (event, answer, random) => failedDelay(view.item, event, answer, now(), { random, draw }),
    async delivered(paced) {
      hasDelivered = true;
      await view.learn((item) => afterSuccess(item, paced, now()));
    },
    async failed(failure) {
      await view.learn((item) => afterFailure(item, { ...failure, hasDelivered }, now(), concurrentCalls));
    },
    async admit(candidate, left) {
      for (;;) {
        const admission = await admitOnce(candidate, left, taking, deps);
        // Claiming a probe or waiting for a turn may have taken long.
        const isLate = admission?.kind === 'go' && deps.leftToStartMs() < 0;
        if (admission) return isLate ? { kind: 'no-time' } : admission;
      }
    },
  };
}

const HOLD: Admission = { kind: 'hold' };

/**
 * Decides once. Undefined when the item has changed meanwhile, so that the caller decides again.
 */
async function admitOnce(
  candidate: Candidate,
  left: number,
  taking: Taking,
  deps: GateDeps,
): Promise<Admission | undefined> {
  const { now, leftToStartMs, mostPerSecond } = deps;
  const { view } = taking;
  if (leftToStartMs() < 0) return { kind: 'no-time' };
  if (view.isBlind) return await shareOfPace(deps);
  const { item } = view;
  const decision = decide(item, candidate, now(), now() + leftToStartMs(), mostPerSecond);
  const go: Admission = { kind: 'go', paced: { perSecond: 0, schedule: item.pace.schedule, number: 0 } };
  switch (decision.kind) {
    case 'attempt':
      return go;
    case 'hold':
      return HOLD;
    case 'wait':
      await deps.sleep(decision.until - now());
      await view.look();
      return undefined;
    case 'probe':
      if (await view.change((each) => claimProbe(each, decision.lane, now()))) return go;
      return view.item === item ? HOLD : undefined;
    case 'turn': {
      const turn = await takeTurn(taking, left, deps);
      if (turn === 'none') return view.item === item ? HOLD : undefined;
      return turn && { kind: 'go', paced: turn };
    }
  }
}

/** Keeps each call to its share of WEBHOOK_MAX_PER_SECOND, as turns need the shared item. */
async function shareOfPace({
  mostPerSecond,
  concurrentCalls,
  leftToStartMs,
  sleep,
}: GateDeps): Promise<Admission> {
  const paced = { perSecond: mostPerSecond, schedule: 0, number: 0 };
  if (mostPerSecond === 0) return { kind: 'go', paced };
  const apart = (concurrentCalls * 1_000) / mostPerSecond;
  if (apart > leftToStartMs()) return HOLD;
  await sleep(apart);
  return { kind: 'go', paced };
}
