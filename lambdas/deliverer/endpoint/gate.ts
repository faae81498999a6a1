import type { RetryAnswer } from '../retry-policy.ts';
import { type Candidate, decide } from './decide.ts';
import { type FailedEvent, failedDelay, holdSeconds } from './hold.ts';
import { isPaused } from './item.ts';
import { afterFailure, afterSuccess, type EndpointFailure } from './learn.ts';
import { type Turn, takeTurns } from './pace.ts';
import { claimProbe } from './probe.ts';
import { EndpointView, type ViewDeps } from './view.ts';

export interface GateDeps extends ViewDeps {
  readonly concurrentCalls: number;
  /** WEBHOOK_MAX_PER_SECOND, 0 = none. */
  readonly mostPerSecond: number;
  /** Milliseconds for which attempts may still be started; negative: none may. */
  readonly leftToStartMs: () => number;
}

export type Admission =
  /** @param perSecond pace that the request has, 0 = none */
  | { readonly kind: 'go'; readonly perSecond: number }
  /** The endpoint is left in peace. */
  | { readonly kind: 'hold' }
  /** An attempt could not end before the function has to. */
  | { readonly kind: 'no-time' };

/** Stands before every request: lets it go, waits for its turn, or holds it. */
export interface Gate {
  admit(candidate: Candidate, left: number): Promise<Admission>;
  isPaused(): boolean;
  delivered(): Promise<void>;
  failed(failure: Omit<EndpointFailure, 'hasDelivered'>): Promise<void>;
  holdSeconds(receiveCount: number): number;
  failedDelay(event: FailedEvent, answer: RetryAnswer, random: number): number;
}

/** A paced request looks at the item once more if its view is older, milliseconds. */
const LOOK_AGAIN_MS = 100;

/** Reads the item: once for the whole invocation while all is well. */
export async function openGate(deps: GateDeps): Promise<Gate> {
  const view = new EndpointView(deps);
  await view.look();
  return gateOf(view, deps);
}

function gateOf(view: EndpointView, deps: GateDeps): Gate {
  const { now, concurrentCalls } = deps;
  const draw = deps.random(); // one for all holds: what came together comes back together
  const turns: Turn[] = [];
  let hasDelivered = false;
  return {
    isPaused: () => isPaused(view.item),
    holdSeconds: (receiveCount) => holdSeconds(view.item, receiveCount, now(), draw),
    failedDelay: (event, answer, random) => failedDelay(view.item, event, answer, now(), { random, draw }),
    async delivered() {
      hasDelivered = true;
      await view.learn(afterSuccess);
    },
    async failed(failure) {
      await view.learn((item) => afterFailure(item, { ...failure, hasDelivered }, now(), concurrentCalls));
    },
    async admit(candidate, left) {
      for (;;) {
        const admission = await admitOnce(candidate, { view, turns, left }, deps);
        if (admission) return admission;
      }
    },
  };
}

interface Waiting {
  readonly view: EndpointView;
  /** Taken and not used yet. */
  readonly turns: Turn[];
  /** Requests that the invocation still has to make: turns are taken together. */
  readonly left: number;
}

const GO: Admission = { kind: 'go', perSecond: 0 };
const HOLD: Admission = { kind: 'hold' };

/** Undefined: the item has changed meanwhile, decide again. */
async function admitOnce(
  candidate: Candidate,
  waiting: Waiting,
  deps: GateDeps,
): Promise<Admission | undefined> {
  const { now, leftToStartMs, mostPerSecond } = deps;
  const { view } = waiting;
  if (leftToStartMs() < 0) return { kind: 'no-time' };
  if (view.isBlind) return await shareOfPace(deps);
  const { item } = view;
  const verdict = decide(item, candidate, now(), now() + leftToStartMs(), mostPerSecond);
  switch (verdict.kind) {
    case 'attempt':
      return GO;
    case 'hold':
      return HOLD;
    case 'wait':
      await deps.sleep(verdict.until - now());
      await view.look();
      return undefined;
    case 'probe':
      if (await view.change((each) => claimProbe(each, verdict.lane, now()))) return GO;
      return view.item === item ? HOLD : undefined;
    case 'turn':
      return await takeTurn(waiting, deps);
  }
}

/**
 * Waits asleep for the next turn of the pace. Then looks again: a turn before `until`, or of a
 * paused endpoint, is void.
 */
async function takeTurn({ view, turns, left }: Waiting, deps: GateDeps): Promise<Admission | undefined> {
  const { now, sleep, mostPerSecond, leftToStartMs } = deps;
  if (turns.length === 0) {
    const { item } = view;
    let taken: readonly Turn[] = [];
    const isTaken = await view.change((each) => {
      if (isPaused(each) || turns.length > 0) return undefined;
      const next = takeTurns(each, left, now(), mostPerSecond);
      taken = next.turns;
      return next.item;
    });
    if (isTaken) turns.push(...taken);
    else if (turns.length === 0) return view.item === item ? HOLD : undefined;
  }
  const turn = turns.shift();
  if (!turn) return undefined;
  if (turn.at > now() + leftToStartMs()) return HOLD;
  if (turn.at > now()) await sleep(turn.at - now());
  if (now() - view.readAt > LOOK_AGAIN_MS) await view.look();
  const isVoid = isPaused(view.item) || turn.at < view.item.until;
  return isVoid ? undefined : { kind: 'go', perSecond: turn.perSecond };
}

/** Without the shared item each call keeps to its own share of WEBHOOK_MAX_PER_SECOND. */
async function shareOfPace({
  mostPerSecond,
  concurrentCalls,
  leftToStartMs,
  sleep,
}: GateDeps): Promise<Admission> {
  if (mostPerSecond === 0) return GO;
  const apart = (concurrentCalls * 1_000) / mostPerSecond;
  if (apart > leftToStartMs()) return HOLD;
  await sleep(apart);
  return { kind: 'go', perSecond: mostPerSecond };
}
