import { Fault } from './fault.ts';

/** A call that leaves a process, and waits for the scheduler to decide how it goes. */
export interface Effect {
  readonly kind: string;
  /** For the trace. */
  readonly detail: () => string;
  /** What may happen to it besides going well (see `fault.ts`). */
  readonly faults: readonly string[];
  /**
   * Carries out the call at once, and gives its answer or throws. Faults that only the service
   * knows are passed on.
   */
  readonly perform: (fault?: string) => unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export type EffectOptions<T> = Omit<Effect, 'resolve' | 'reject' | 'perform'> & {
  readonly perform: (fault?: string) => T;
};

/** What a poll that found no state is bound to. */
export const UNBOUND = 'no tenant';

/** A run of the poller, of the delivery function or of an operator's command. */
export class Process {
  readonly name: string;
  readonly startedAt: number;
  readonly startedStep: number;
  /** Calls without an answer yet, oldest first. */
  pending: Effect[] = [];
  status: 'running' | 'ended' | 'dead' = 'running';
  /** The step at which it ended or died. */
  endedAt = Number.POSITIVE_INFINITY;
  /** What it threw, if it ended so. */
  error: unknown;
  wasFrozen = false;
  /** True for a poll whose settings name another tenant. */
  isOfAnother = false;
  /** The tenant that the state named when its poll began; undefined when it named none. */
  boundTo: string | undefined;
  /** True when its write of the state failed its condition, and it has not read the state since. */
  isOvertaken = false;
  /** Faults that hit its calls, such as `record fails`. */
  readonly faults: string[] = [];
  /** The step of its last read of each item. */
  readonly readAt = new Map<string, number>();
  /** True when it moved a message after it was interrupted. */
  hasGoneOn = false;
  private cut: AbortController | undefined;

  constructor(name: string, startedAt: number, startedStep: number) {
    this.name = name;
    this.startedAt = startedAt;
    this.startedStep = startedStep;
  }

  get isOver(): boolean {
    return this.status !== 'running';
  }

  /** Allows an interruption at any of its calls from now on. */
  mayBeCut(): AbortController {
    this.cut ??= new AbortController();
    return this.cut;
  }

  interrupt(): void {
    this.cut?.abort();
  }

  effect<T>(options: EffectOptions<T>): Promise<T> {
    const isCut = this.cut?.signal.aborted;
    if (isCut && options.kind === 'move') this.hasGoneOn = true;
    const faults = isCut === false ? [...options.faults, Fault.cut] : options.faults;
    return new Promise<T>((resolve, reject) => {
      // The promises of a dead process stay pending for ever, as in a crash.
      if (this.isOver) return;
      this.pending.push({ ...options, faults, resolve: (answer) => resolve(answer as T), reject });
    });
  }
}
