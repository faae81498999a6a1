import { untilIdle } from '../../test/simulation/until-idle.ts';

/** Time that passes only when nothing is left to do at a moment. */
export class VirtualClock {
  now: number;
  private readonly heap: { readonly at: number; readonly order: number; readonly what: () => void }[] = [];
  private order = 0;

  constructor(now: number) {
    this.now = now;
  }

  sleep = (ms: number): Promise<void> => new Promise((wake) => this.at(this.now + ms, wake));

  at(time: number, what: () => void): void {
    const entry = { at: Math.max(time, this.now), order: this.order++, what };
    let index = this.heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, this.heap[parent])) break;
      this.swap(index, parent);
      index = parent;
    }
  }

  /** Runs until that moment, until nothing is left to happen, or until it is enough. */
  async run(end: number, isEnough: () => boolean): Promise<void> {
    await untilIdle();
    while ((this.heap[0]?.at ?? Number.POSITIVE_INFINITY) <= end && !isEnough()) {
      const next = this.pop();
      if (!next) return;
      this.now = next.at;
      next.what();
      await untilIdle();
    }
  }

  private pop() {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (!first || !last || this.heap.length === 0) return first;
    this.heap[0] = last;
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (isBefore(this.heap[left], this.heap[least])) least = left;
      if (isBefore(this.heap[right], this.heap[least])) least = right;
      if (least === index) return first;
      this.swap(index, least);
      index = least;
    }
  }

  private swap(a: number, b: number): void {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (!one || !other) return;
    this.heap[a] = other;
    this.heap[b] = one;
  }
}

interface Moment {
  readonly at: number;
  readonly order: number;
}

function isBefore(a: Moment | undefined, b: Moment | undefined): boolean {
  if (!a || !b) return a !== undefined;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
