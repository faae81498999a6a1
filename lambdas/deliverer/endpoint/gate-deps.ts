import type { ViewDeps } from './view.ts';

export interface GateDeps extends ViewDeps {
  readonly concurrentCalls: number;
  /** WEBHOOK_MAX_PER_SECOND, 0 = none. */
  readonly mostPerSecond: number;
  /** Milliseconds for which attempts may still start; negative when none may. */
  readonly leftToStartMs: () => number;
}
