import { positionAt } from '../../lambdas/shared/log-position.ts';
import { eventOf, ID_OF_TWINS, type Letter, userOf } from './letters.ts';

const DAY_MS = 24 * 3_600_000;

export interface Entry {
  /** Position of the entry in the log. */
  readonly id: string;
  /** The id under which the webhook gets it: its position, unless Auth0 gave it no `log_id`. */
  readonly logId: string;
  /** Its number in the order of the log, from 1. */
  readonly number: number;
  readonly letter: Letter;
  /** The user whom it is about. */
  readonly user: string;
  readonly at: number;
  readonly visibleAt: number;
  readonly event: object;
}

/** Auth0 shows an id that is this far ahead of its clock at once, but no poll takes it. */
const AHEAD_MS = 5 * 60_000;

/** Auth0's log in memory. Ids are in order, entries may appear late, and old ones are forgotten. */
export class Auth0Log {
  readonly entries: Entry[] = [];
  readonly pageSize: number;
  readonly keptMs: number;
  readonly now: () => number;
  private readonly before: number;
  private hasAhead = false;

  /**
   * @param keptDays days that the tenant's log is kept; 1 on the free plan
   * @param before numbers that its entries leave to those of another log
   */
  constructor(now: () => number, pageSize: number, keptDays = 1, before = 0) {
    this.now = now;
    this.before = before;
    this.pageSize = pageSize;
    this.keptMs = keptDays * DAY_MS;
  }

  /**
   * Appends an entry.
   * @param lateMs how long after its id's time the entry can first be read
   */
  append(letter: Letter, at: number, lateMs = 0): void {
    const number = this.before + this.entries.length + 1;
    const id = positionAt(at, '900').slice(0, -6) + String(number).padStart(6, '0');
    this.hasAhead ||= at > this.now();
    this.entries.push({
      id,
      logId: letter === '=' ? ID_OF_TWINS : id,
      number,
      letter,
      user: userOf(letter),
      at,
      visibleAt: Math.min(at, this.now()) + lateMs,
      event: eventOf(letter, id, at),
    });
  }

  get last(): Entry | undefined {
    return this.entries.findLast((entry) => !this.isAhead(entry));
  }

  /** True when the entry happened in this tenant. */
  has(entry: Entry): boolean {
    return this.entries[entry.number - this.before - 1] === entry;
  }

  /** True when anything can be read after the position. An entry without an id never moves it. */
  hasMore(position: string): boolean {
    return this.visible().some(
      (entry) => entry.id > position && entry.letter !== '=' && !this.isAhead(entry),
    );
  }

  /** True when the entry's id is from the future. It is read when its time comes. */
  isAhead({ at }: Entry): boolean {
    return at > this.now() + AHEAD_MS;
  }

  isGone({ at }: Entry): boolean {
    return this.now() - at > this.keptMs;
  }

  /** The entries that Auth0 shows now, in the order of their ids. */
  visible(): Entry[] {
    const visible = this.entries.filter((entry) => entry.visibleAt <= this.now() && !this.isGone(entry));
    return this.hasAhead ? visible.sort((a, b) => a.at - b.at) : visible;
  }
}
