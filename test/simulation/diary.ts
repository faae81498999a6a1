/** What is noted of a run. */
export class Diary {
  /** Rare paths that the run took before the calm. */
  readonly met = new Set<string>();
  /** Acts of the script so far. */
  readonly acted = new Set<string>();
  /** Events of the log lines that were written. */
  readonly told: string[] = [];
  readonly trace: string[] | undefined;
  /** True when there are no more faults. What is left must come right by itself. */
  calm = false;

  constructor(traced: boolean) {
    this.trace = traced ? [] : undefined;
  }

  meet(path: string): void {
    if (!this.calm) this.met.add(path);
  }

  say(line: string | (() => string)): void {
    this.trace?.push(typeof line === 'string' ? line : line());
  }
}
