import { believable, type EndpointItem, isPaused } from '../../lambdas/deliverer/endpoint/item.ts';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import type { LogFields } from '../../lambdas/shared/logger.ts';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { Process } from './process.ts';

/** How far apart a lane's probes must be. */
const LEAST_APART_MS = 1_000;

interface Pause {
  claims: number;
  requests: number;
}

/**
 * Watches the paused endpoint (P8). It must get no request but claimed probes and last attempts.
 * Each lane's claims must be a second or more apart, and a success must end the pause.
 */
export class ProbeWatch {
  /** Pauses by their beginning. */
  private readonly pauses = new Map<number, Pause>();
  /** The pause in which each invocation began. */
  private readonly begun = new Map<Process, number>();
  private readonly stored: () => Item | undefined;
  private readonly now: () => number;
  private readonly fail: (message: string) => void;

  constructor(stored: () => Item | undefined, now: () => number, fail: (message: string) => void) {
    this.stored = stored;
    this.now = now;
    this.fail = fail;
  }

  onWrite(before: Item | undefined, after: Item | undefined): void {
    const was = this.read(before);
    const is = this.read(after);
    if (!isPaused(is) || !isPaused(was) || is.since !== was.since) return;
    for (const lane of ['fresh', 'retry'] as const) {
      if (is[lane] === was[lane]) continue;
      this.pauseOf(is).claims++;
      if (is[lane] - was[lane] < LEAST_APART_MS) this.fail(`two probes of the lane ${lane} at once`);
    }
  }

  begin(process: Process): void {
    const item = this.read(this.stored());
    if (isPaused(item)) this.begun.set(process, item.since);
  }

  /**
   * Takes a request.
   * @param isLast true when an event's window is over, so that it is attempted whatever the pause
   *   says
   */
  onRequest(process: Process, isLast: boolean): void {
    const item = this.read(this.stored());
    // An invocation that could not read or write the item delivers as if all were well.
    const isBlind = process.faults.some((fault) => / endpoint /.test(fault));
    if (isLast || isBlind || !isPaused(item) || this.begun.get(process) !== item.since) return;
    const pause = this.pauseOf(item);
    pause.requests++;
    if (pause.requests > pause.claims) this.fail('a paused endpoint gets a request that nobody claimed');
  }

  end(process: Process, attempts: readonly LogFields[]): void {
    if (process.faults.length > 0 || process.wasFrozen) return;
    const hasDelivered = attempts.some(({ outcome }) => outcome === 'delivered');
    if (hasDelivered && isPaused(this.read(this.stored())))
      this.fail('the endpoint took an event and is still paused');
  }

  private pauseOf({ since }: EndpointItem): Pause {
    const pause = this.pauses.get(since) ?? { claims: 0, requests: 0 };
    this.pauses.set(since, pause);
    return pause;
  }

  private read(item: Item | undefined): EndpointItem {
    const value = jsonOrUndefined(item?.item?.S ?? '');
    const of = typeof value === 'object' && value !== null && 'of' in value ? String(value.of) : '';
    return believable(value, of, this.now());
  }
}
