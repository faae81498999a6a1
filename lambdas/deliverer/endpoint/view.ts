import { errorName, type Tell } from '../../shared/logger.ts';
import { believable, type EndpointItem, isSameItem, wellItem } from './item.ts';
import type { EndpointStore, StoredEndpoint } from './store.ts';
import { tellChange } from './tell-change.ts';

export interface ViewDeps {
  readonly store: EndpointStore;
  /** Id of the endpoint that the settings name. */
  readonly of: string;
  readonly tell: Tell;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Makes the next item of the current one. Undefined or the same item means that there is nothing to
 * write.
 */
export type Step = (item: EndpointItem) => EndpointItem | undefined;

/** Lost races after which an invocation gives up its write. */
const TRIES = 10;
const PAUSE_MS = 4;

/**
 * One invocation's view of the shared item, and its writes. If the item cannot be read or written
 * the invocation is blind, and delivers as if all were well. Holding events on a guess could hold
 * them for ever.
 */
export class EndpointView {
  item: EndpointItem;
  /** Epoch milliseconds. */
  readAt: number;
  isBlind = false;
  private stored: StoredEndpoint;
  private readonly deps: ViewDeps;
  /** The last write. The next one waits for it. */
  private last: Promise<unknown> = Promise.resolve();
  private news: Step[] = [];
  private isTelling = false;

  constructor(deps: ViewDeps, stored: StoredEndpoint) {
    this.deps = deps;
    this.stored = stored;
    this.readAt = deps.now();
    this.item = believable(stored.value, deps.of, this.readAt);
  }

  async look(): Promise<void> {
    if (this.isBlind) return;
    const { store, now, of } = this.deps;
    try {
      this.stored = await store.read();
      this.readAt = now();
      this.item = believable(this.stored.value, of, now());
    } catch (error) {
      this.goBlind(error);
    }
  }

  /**
   * Writes what the step makes of the item.
   * @returns false when there was nothing to write, or it could not be written
   */
  change(step: Step): Promise<boolean> {
    const done = this.last.then(() => this.write(step));
    this.last = done;
    return done;
  }

  /**
   * Writes what was learnt, if it is news. What is learnt during a write goes into the next one.
   */
  async learn(step: (item: EndpointItem) => EndpointItem): Promise<void> {
    this.news.push(step);
    if (this.isTelling) return;
    this.isTelling = true;
    while (this.news.length > 0) {
      const steps = this.news.splice(0);
      await this.change((item) => steps.reduce<EndpointItem>((each, next) => next(each) ?? each, item));
    }
    this.isTelling = false;
  }

  private async write(step: Step): Promise<boolean> {
    const { store, now, random, sleep } = this.deps;
    for (let tries = 0; tries < TRIES && !this.isBlind; tries++) {
      const next = step(this.item);
      if (next === undefined || (isSameItem(next, this.item) && !this.isOfAnother())) return false;
      try {
        const version = await store.write(next, this.stored.version);
        if (version !== undefined) {
          tellChange(this.before(), next, now(), this.deps.tell);
          this.stored = { value: next, version };
          this.item = next;
          this.readAt = now();
          return true;
        }
      } catch (error) {
        this.goBlind(error);
        return false;
      }
      if (tries > 0) await sleep(PAUSE_MS * tries * random());
      await this.look();
    }
    return false;
  }

  /** True when the stored item is of an endpoint that the settings no longer name. */
  private isOfAnother(): boolean {
    return this.stored.version !== undefined && ownerOf(this.stored.value) !== this.deps.of;
  }

  private before(): EndpointItem {
    if (!this.isOfAnother()) return this.item;
    return believable(this.stored.value, ownerOf(this.stored.value), this.deps.now());
  }

  private goBlind(error: unknown): void {
    if (!this.isBlind) this.deps.tell('warn', 'endpoint.unknown', { error: errorName(error) });
    this.isBlind = true;
    this.item = wellItem(this.deps.of);
  }
}

function ownerOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'of' in value ? String(value.of) : '';
}
