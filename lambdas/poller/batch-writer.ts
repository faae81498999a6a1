import type { State } from '../shared/ledger/items.ts';
import { idOf, type LogEvent } from '../shared/log-event.ts';
import { timeOf } from '../shared/log-position.ts';
import { toMessages } from './events/event-message.ts';
import type { Count } from './poll-counts.ts';
import type { PollDeps } from './poll-deps.ts';
import { sendBatch } from './send-batch.ts';

/** A stretch of the log that was read, and its events. */
export interface Read {
  /** The position after the stretch. */
  readonly to: string;
  readonly events: readonly LogEvent[];
  /** Size of the stretch's pages. */
  readonly bytes: number;
}

/**
 * Moves the state on by what was read. False means that another poll has moved the state, and that
 * this one must stop.
 */
export interface BatchWriter {
  /** Keeps a stretch until there is enough for a batch. */
  add(read: Read): Promise<boolean>;
  /** Writes what is kept as a batch. */
  flush(): Promise<boolean>;
}

/** Events of one batch at most, so that its item and the state's stay small. */
const MOST_EVENTS = 100;
/** Bytes that are kept at most. Parsed they take four times as much memory. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Makes batches of stretches. Pages in which few entries match share a batch, as each batch costs
 * three writes. A stretch that is still kept is not enqueued yet; after a crash it is read again.
 */
export function createBatchWriter(from: State, deps: PollDeps, count: Count): BatchWriter {
  let state = from;
  let kept: Read | undefined;
  let pages = 0;

  async function flush(): Promise<boolean> {
    if (!kept) return true;
    const written = await write(state, kept, deps, count);
    if (!written) return false;
    state = written;
    kept = undefined;
    pages = 0;
    return true;
  }

  return {
    flush,
    async add({ to, events, bytes }) {
      const together = (kept?.events.length ?? 0) + events.length;
      if (together > MOST_EVENTS && !(await flush())) return false;
      kept = {
        to,
        events: [...(kept?.events ?? []), ...events],
        bytes: (kept?.bytes ?? 0) + bytes,
      };
      pages++;
      // A full batch takes no further event, so it must not wait for the next page.
      const isFull = kept.events.length >= MOST_EVENTS || kept.bytes >= MOST_BYTES;
      const isEnough = isFull || pages >= deps.batchPages;
      return isEnough ? await flush() : true;
    },
  };
}

/**
 * Moves the cursor past a stretch. If the stretch has events, they become a batch: the batch is
 * put, then claimed, then its events are sent. In any other order a crash loses events or sends
 * them twice.
 * @returns undefined when another poll was first; a later poll deletes the batch, which was never
 *   claimed
 */
async function write(
  state: State,
  { to, events }: Pick<Read, 'to' | 'events'>,
  deps: PollDeps,
  count: Count,
): Promise<State | undefined> {
  const { ledger, settings, grouping: wanted, now } = deps;
  if (events.length === 0) return await ledger.claim(state, { cursor: to });
  const from = state.cursor;
  const ids = events.map(idOf);
  const batch = await ledger.putBatch({
    ledger: state.ledger,
    from,
    to,
    seq: state.seq + 1,
    openedAt: now(),
    oldestAt: timeOf(ids[0] ?? '') ?? now(),
    pending: new Set(ids.keys()),
  });
  const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });
  if (!claimed) return undefined;
  const { order, version } = state.grouping ?? wanted;
  const place = { ledger: state.ledger, batch, version };
  const { messages, shortened } = toMessages([...events.entries()], place, settings.body);
  count({ matched: events.length, shortened });
  return (await sendBatch({ id: batch, messages, order }, deps)) ? claimed : undefined;
}
