/** What is noted of a run. */
export class Diary {
  /** Rare paths that it took before the calm. */
  readonly met = new Set<string>();
  /** Acts of its script. */
  readonly acted = new Set<string>();
  /** What was said in log lines. */
  readonly told: string[] = [];
  readonly trace: string[] | undefined;
  /** No more faults: what is left must come right by itself. */
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
