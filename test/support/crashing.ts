import type { PollDeps } from '../../lambdas/poller/poll-deps.ts';

export interface CrashPlan {
  /** Number of the effect, from 1. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

export class CrashError extends Error {}

/** Calls that only say what is known already. */
const NO_EFFECTS = new Set<string | symbol>(['pauseMs']);

/**
 * The ports of a poll that crashes before or after the given effect. From then on they answer
 * nothing, as a process that died has no more effects. Every call of ledger, log and queue is an
 * effect.
 */
export function crashing(deps: PollDeps, { at, when }: CrashPlan): { deps: PollDeps; effects(): number } {
  let count = 0;
  let isDead = false;
  const guarded = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, key, receiver) {
        const member: unknown = Reflect.get(target, key, receiver);
        if (typeof member !== 'function' || NO_EFFECTS.has(key)) return member;
        return async (...parameters: unknown[]) => {
          if (isDead) throw new CrashError();
          const mine = ++count;
          if (mine === at && when === 'before') isDead = true;
          if (isDead) throw new CrashError();
          const result: unknown = await Reflect.apply(member, target, parameters);
          if (mine === at) isDead = true;
          if (isDead) throw new CrashError();
          return result;
        };
      },
    });
  return {
    deps: { ...deps, log: guarded(deps.log), ledger: guarded(deps.ledger), queue: guarded(deps.queue) },
    effects: () => count,
  };
}
