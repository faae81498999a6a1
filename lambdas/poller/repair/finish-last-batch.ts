import type { State } from '../../shared/ledger/items.ts';
import { idOf, type LogEvent, logIdOf } from '../../shared/log-event.ts';
import { toMessages } from '../events/event-message.ts';
import type { PollCounts } from '../poll-counts.ts';
import type { PollDeps } from '../poll-deps.ts';
import type { LogClient } from '../reading/log-client.ts';

/**
 * Finishes the sending of the newest batch, if a poll died before it was marked: reads its range again and sends those of
 * its events that are still pending, whatever the filter says now. Nothing else may be sent before that (P3).
 */
export async function finishLastBatch(state: State, deps: PollDeps): Promise<Partial<PollCounts>> {
  const { ledger, queue, log, settings, tell } = deps;
  const { last } = state;
  const batch = last && (await ledger.readBatch(last.id));
  if (!last || !batch || batch.enqueued) return {}; // missing: delivered meanwhile
  const events = new Map((await readRange(log, last.from, last.to)).map((event) => [idOf(event), event]));
  const pending = [...batch.pending].toSorted((a, b) => a - b);
  const eventAt = (ordinal: number) => events.get(last.ids[ordinal] ?? '');
  const unreadable = new Set(pending.filter((ordinal) => eventAt(ordinal) === undefined));
  const found = pending.flatMap((ordinal) => {
    const event = eventAt(ordinal);
    return event === undefined ? [] : [[ordinal, event] as const];
  });
  const place = { ledger: state.ledger, batch: batch.id };
  const { messages, shortened } = toMessages(found, place, settings.body);
  await queue.send(messages);
  await ledger.markEnqueued(batch.id, unreadable);
  tell('warn', 'batch.finished', { batch: batch.id, sent: messages.length, unreadable: unreadable.size });
  return { unreadable: unreadable.size, shortened };
}

/** The entries after `from`, up to and with `to`: one page when it was claimed, more if late ones have come since. */
async function readRange(log: LogClient, from: string, to: string): Promise<readonly LogEvent[]> {
  const range: LogEvent[] = [];
  for (let position = from; ; ) {
    const { entries } = await log.page(position);
    range.push(...entries);
    const end = entries.map(logIdOf).findLast((id) => id !== undefined);
    if (end === undefined || end <= position || end >= to) return range;
    position = end;
  }
}
