/** A call that leaves a process, waiting for the scheduler to say how it goes. */
export interface Effect {
  readonly kind: string;
  /** For the trace. */
  readonly detail: () => string;
  /** What may happen to it besides going well; see `fault.ts`. */
  readonly faults: readonly string[];
  /**
   * Makes it happen at once; gives the answer or throws. Faults that only the service knows are
   * passed on.
   */
  readonly perform: (fault?: string) => unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export type EffectOptions<T> = Omit<Effect, 'resolve' | 'reject' | 'perform'> & {
  readonly perform: (fault?: string) => T;
};

/** A run of the poller, of the delivery function or of an operator's command. */
export class Process {
  readonly name: string;
  readonly startedAt: number;
  /** Calls without an answer yet, oldest first. */
  pending: Effect[] = [];
  status: 'running' | 'ended' | 'dead' = 'running';
  /** Step at which it ended or died. */
  endedAt = Number.POSITIVE_INFINITY;
  /** What it threw, if it ended so. */
  error: unknown;
  wasFrozen = false;
  /** A poll whose settings name another tenant. */
  isOfAnother = false;
  /** Faults that hit its calls, such as `record fails`. */
  readonly faults: string[] = [];
  /** Step of its last read of each item. */
  readonly readAt = new Map<string, number>();

  constructor(name: string, startedAt: number) {
    this.name = name;
    this.startedAt = startedAt;
  }

  get isOver(): boolean {
    return this.status !== 'running';
  }

  effect<T>(options: EffectOptions<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // A dead process's promises stay pending for ever: that is the crash.
      if (this.isOver) return;
      this.pending.push({ ...options, resolve: (answer) => resolve(answer as T), reject });
    });
  }
}
