import type { State } from '../shared/ledger/items.ts';
import { idOf, type LogEvent } from '../shared/log-event.ts';
import { timeOf } from '../shared/log-position.ts';
import { toMessages } from './events/event-message.ts';
import type { Count } from './poll-counts.ts';
import type { PollDeps } from './poll-deps.ts';

/** A part of the log that was read, and its events. */
export interface Read {
  /** Position after it. */
  readonly to: string;
  readonly events: readonly LogEvent[];
  /** Size of the page. */
  readonly bytes: number;
}

/**
 * Moves the state on by what was read. Where it says false, another poll has moved the state: this
 * one must stop.
 */
export interface BatchWriter {
  /** Keeps what was read for a batch with what comes next, unless it is enough for one. */
  add(read: Read): Promise<boolean>;
  /** Writes what is kept. */
  flush(): Promise<boolean>;
}

/** So many events are one batch at most: its item and the state's stay small. */
const MOST_EVENTS = 100;
/** Pages of this size together are enough to keep: as objects they take four times as much. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Pages in which few entries match share a batch, as each batch costs three writes. What is kept
 * here is not enqueued yet: a crash has it read again.
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
      const isEnough = pages >= deps.batchPages || kept.bytes >= MOST_BYTES;
      return isEnough ? await flush() : true;
    },
  };
}

/**
 * A part without events moves the cursor; the events of any other become a batch. The batch is put
 * before it is claimed, and its events are sent after that: in any other order a crash loses events
 * or sends them twice. Undefined when another poll was first; a later one deletes the batch, which
 * was never claimed.
 */
async function write(
  state: State,
  { to, events }: Pick<Read, 'to' | 'events'>,
  { ledger, queue, settings, grouping: wanted, now }: PollDeps,
  count: Count,
): Promise<State | undefined> {
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
  await queue.send(messages, order);
  await ledger.markEnqueued(batch);
  return claimed;
}
