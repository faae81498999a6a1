import type { State } from '../shared/ledger/items.ts';
import { idOf, type LogEvent } from '../shared/log-event.ts';
import { timeOf } from '../shared/log-position.ts';
import { toMessages } from './events/event-message.ts';
import type { Count } from './poll-counts.ts';
import type { PollDeps } from './poll-deps.ts';

/** The next part of the log, and its events. */
interface Part {
  /** Position after it. */
  readonly to: string;
  readonly events: readonly LogEvent[];
}

/** Moves the state on, part by part. */
export interface BatchWriter {
  /** False when another poll has moved the state: this one must stop. */
  write(part: Part): Promise<boolean>;
}

/**
 * A part without events moves the cursor; the events of any other become a batch. The batch is put before it is claimed,
 * and its events are sent after that: in any other order a crash loses events or sends them twice.
 */
export function createBatchWriter(from: State, deps: PollDeps, count: Count): BatchWriter {
  const { ledger } = deps;
  let state = from;

  return {
    async write({ to, events }) {
      const written =
        events.length === 0
          ? await ledger.claim(state, { cursor: to, last: state.last })
          : await writeBatch(state, { to, events }, deps, count);
      if (!written) return false;
      state = written;
      return true;
    },
  };
}

/** Undefined when another poll was first; a later one deletes the batch, which was never claimed. */
async function writeBatch(
  state: State,
  { to, events }: Part,
  { ledger, queue, settings, now }: PollDeps,
  count: Count,
): Promise<State | undefined> {
  const from = state.cursor;
  const ids = events.map(idOf);
  const batch = await ledger.putBatch({
    from,
    to,
    seq: state.seq + 1,
    openedAt: now(),
    oldestAt: timeOf(ids[0] ?? '') ?? now(),
    pending: new Set(ids.keys()),
  });
  const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });
  if (!claimed) return undefined;
  const place = { ledger: state.ledger, batch };
  const { messages, shortened } = toMessages([...events.entries()], place, settings.body);
  count({ matched: events.length, shortened });
  await queue.send(messages);
  await ledger.markEnqueued(batch);
  return claimed;
}
