import { createAppended } from './appended.ts';
import { createLogIds, positionAt } from './log-ids.ts';
import { EMPTY_SOURCE, indexAfter, type LogEntry, type LogSource, type StoredEntry } from './log-source.ts';

export interface AppendOptions {
  /** The time that the `log_id` tells, epoch milliseconds; by default now. */
  readonly ingestedAt?: number;
  /**
   * Epoch milliseconds before which the entries are not served, though their ids are older: a late
   * arrival.
   */
  readonly visibleAt?: number;
}

export interface TenantLog {
  /**
   * Appends entries in order. An entry's own `log_id` is kept; others get the next one.
   * @returns the ids, in order
   */
  append(entries: LogEntry | readonly LogEntry[], options?: AppendOptions): string[];
  /** The first `take` visible and retained entries after `from`, by id. */
  after(from: string, take: number): StoredEntry[];
  /** The `count` oldest or newest visible and retained entries, by id. */
  edge(which: 'oldest' | 'newest', count: number): StoredEntry[];
  /** Number of entries that are visible and retained. */
  size(): number;
}

export interface TenantLogOptions {
  readonly prefix: string;
  readonly retentionMs: number;
  readonly now: () => number;
  readonly source?: LogSource | undefined;
}

/**
 * Makes a log of two parts, each in the order of ids: what the source makes, and what was appended.
 * Reading merges them.
 */
export function createTenantLog({
  prefix,
  retentionMs,
  now,
  source = EMPTY_SOURCE,
}: TenantLogOptions): TenantLog {
  const ids = createLogIds(prefix);
  const horizon = () => positionAt(prefix, now() - retentionMs);
  const appended = createAppended(now);
  const sourceAfter = (id: string) => indexAfter(id, source.length, (index) => source.entry(index).log_id);

  function retained(): { readonly first: number; readonly firstAppended: number } {
    return { first: sourceAfter(horizon()), firstAppended: appended.after(horizon()) };
  }

  function newId(ingestedAt: number | undefined): string {
    return ingestedAt === undefined ? ids.next(now()) : ids.at(ingestedAt);
  }

  function after(from: string, take: number): StoredEntry[] {
    const { first, firstAppended } = retained();
    const start = Math.max(first, sourceAfter(from));
    const startAppended = Math.max(firstAppended, appended.after(from));
    const made = range(source, start, Math.min(start + take, source.length));
    return inOrder([...made, ...appended.slice(startAppended, startAppended + take)]).slice(0, take);
  }

  function newest(count: number): StoredEntry[] {
    const { first, firstAppended } = retained();
    const made = range(source, Math.max(first, source.length - count), source.length);
    return inOrder([...made, ...appended.slice(Math.max(firstAppended, appended.length() - count))]).slice(
      -count,
    );
  }

  return {
    append(entries, { ingestedAt, visibleAt } = {}) {
      appended.forget(horizon());
      return [entries].flat().map((given) => {
        const id = typeof given.log_id === 'string' ? given.log_id : newId(ingestedAt);
        const entry = { ...given, log_id: id, _id: id };
        appended.add(entry, visibleAt);
        return id;
      });
    },
    after,
    edge: (which, count) => (which === 'oldest' ? after('', count) : newest(count)),
    size() {
      const { first, firstAppended } = retained();
      return source.length - first + (appended.length() - firstAppended);
    },
  };
}

function range(source: LogSource, start: number, end: number): StoredEntry[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => source.entry(start + offset));
}

function inOrder(entries: StoredEntry[]): StoredEntry[] {
  return entries.sort((a, b) => (a.log_id < b.log_id ? -1 : 1));
}
