import { FIRST_SEQUENCE, logId } from './log-ids.ts';

/** An entry of the simulated log, without or with its `log_id`. */
export type LogEntry = Readonly<Record<string, unknown>>;
/** An entry as it is served: `_id` equals `log_id` in API answers. */
export type StoredEntry = LogEntry & { readonly log_id: string; readonly _id: string };

/**
 * A log of any length. It is made when it is read, so that it needs no memory. Ids rise with the
 * index.
 */
export interface LogSource {
  readonly length: number;
  entry(index: number): StoredEntry;
}

export interface GeneratedSourceOptions {
  readonly length: number;
  /** When the first entry was ingested, epoch milliseconds. */
  readonly from: number;
  /** Milliseconds between two entries. They may have a fraction, down to a microsecond. */
  readonly everyMs: number;
  readonly prefix?: string;
  /** Makes the entry at an index from its `date`; the same one each time. */
  readonly entry: (index: number, date: string) => LogEntry;
}

/**
 * Milliseconds until ingestion. The median of public samples is below 0.1 s for most, and 0.23 s
 * overall.
 */
const LAG_MS = 70;

export function generatedSource(options: GeneratedSourceOptions): LogSource {
  const { length, from, everyMs, prefix = '900', entry } = options;
  return {
    length,
    entry(index) {
      const micros = Math.floor((from + index * everyMs) * 1000);
      const id = logId(prefix, micros, FIRST_SEQUENCE + BigInt(index));
      const date = new Date(Math.floor(micros / 1000) - LAG_MS).toISOString();
      return { ...entry(index, date), log_id: id, _id: id };
    },
  };
}

export const EMPTY_SOURCE: LogSource = {
  length: 0,
  entry(index) {
    throw new RangeError(`an empty log has no entry ${index}`);
  },
};

/** Finds the index of the first entry whose `log_id` is greater than `id`, by halving. */
export function indexAfter(id: string, length: number, idAt: (index: number) => string): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (idAt(middle) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}
