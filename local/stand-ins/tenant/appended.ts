import { indexAfter, type StoredEntry } from './log-source.ts';

/**
 * Expired entries are dropped so many at a time, as one splice of a large array for each would be
 * slow.
 */
const FORGET_AT_ONCE = 1_000;

/** Entries that were appended to a log, in the order of their ids. */
export interface Appended {
  /**
   * Adds an entry.
   * @param visibleAt epoch milliseconds before which it is not there: a late arrival
   */
  add(entry: StoredEntry, visibleAt: number | undefined): void;
  /** Index of the first entry whose id comes after that one. */
  after(id: string): number;
  slice(start: number, end?: number): StoredEntry[];
  length(): number;
  /** Says that entries up to that id need not be kept. */
  forget(id: string): void;
}

export function createAppended(now: () => number): Appended {
  const entries: StoredEntry[] = [];
  let waiting: { readonly entry: StoredEntry; readonly visibleAt: number }[] = [];

  const indexOf = (id: string) => indexAfter(id, entries.length, (index) => entries[index]?.log_id ?? '');
  const insert = (entry: StoredEntry) => void entries.splice(indexOf(entry.log_id), 0, entry);
  const admit = () => {
    if (waiting.length === 0) return;
    const due = waiting.filter(({ visibleAt }) => visibleAt <= now());
    waiting = waiting.filter(({ visibleAt }) => visibleAt > now());
    for (const { entry } of due) insert(entry);
  };
  return {
    add(entry, visibleAt) {
      if (visibleAt !== undefined && visibleAt > now()) waiting.push({ entry, visibleAt });
      else insert(entry);
    },
    after(id) {
      admit();
      return indexOf(id);
    },
    slice: (start, end) => entries.slice(start, end),
    length: () => entries.length,
    forget(id) {
      const expired = indexOf(id);
      if (expired >= FORGET_AT_ONCE) entries.splice(0, expired);
    },
  };
}
