import type { Effect } from './process.ts';

/** Lambda's longest time-out. */
const LONGEST_ON_ITS_WAY_MS = 15 * 60_000;

/**
 * Calls of dead processes that are still on their way. None stays on its way for longer than its
 * process might have run.
 */
export class LateCalls {
  private calls: { readonly effect: Effect; readonly sentAt: number }[] = [];

  add(effect: Effect, sentAt: number): void {
    this.calls.push({ effect, sentAt });
  }

  get isEmpty(): boolean {
    return this.calls.length === 0;
  }

  /** Lets all calls arrive that are not too late, and announces each one first. */
  land(now: number, tell: (effect: Effect) => void): void {
    for (const { effect, sentAt } of this.calls.splice(0)) {
      if (now - sentAt > LONGEST_ON_ITS_WAY_MS) continue;
      tell(effect);
      ignoringErrors(effect);
    }
  }
}

export function ignoringErrors(effect: Effect): void {
  try {
    effect.perform();
  } catch {
    // its caller is gone, or sees another error
  }
}
