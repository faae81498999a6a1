import type { Batch, State } from '../../shared/ledger/items.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { idOf, type LogEvent, logIdOf } from '../../shared/log-event.ts';
import { toMessage } from '../events/event-message.ts';
import type { PollDeps } from '../poll.ts';
import type { PollReport } from '../poll-report.ts';
import type { LogClient } from '../reading/log-client.ts';

/**
 * Deletes what counts for nothing any more: batches with nothing pending, and batches that were put but never claimed (not
 * enqueued, not the last one, and not newer than the state, where they may be a running poll's). Returns those that stay.
 */
export async function sweep(state: State, ledger: Ledger): Promise<readonly Batch[]> {
  const kept: Batch[] = [];
  for (const batch of await ledger.openBatches()) {
    const neverClaimed = !batch.enqueued && batch.id !== state.last?.id && batch.seq <= state.seq;
    if (neverClaimed) await ledger.removeBatch(batch.id);
    else if (batch.pending.size === 0) await ledger.removeIfDelivered(batch.id);
    else kept.push(batch);
  }
  return kept;
}

/**
 * Finishes the sending of the newest batch, if a poll died before it was marked: reads its range again and sends those of
 * its events that are still pending, whatever the filter says now. Nothing else may be sent before that (P3).
 */
export async function finishLastBatch(state: State, deps: PollDeps, report: PollReport): Promise<void> {
  const { ledger, queue, log, settings, tell } = deps;
  const { last } = state;
  const batch = last && (await ledger.readBatch(last.id));
  if (!last || !batch || batch.enqueued) return; // missing: delivered meanwhile
  const events = new Map((await readRange(log, last.from, last.to)).map((event) => [idOf(event), event]));
  const pending = [...batch.pending].toSorted((a, b) => a - b);
  const eventAt = (ordinal: number) => events.get(last.ids[ordinal] ?? '');
  const unreadable = new Set(pending.filter((ordinal) => eventAt(ordinal) === undefined));
  const messages = pending.flatMap((ordinal) => {
    const event = eventAt(ordinal);
    return event === undefined
      ? []
      : [toMessage(event, { ledger: state.ledger, batch: batch.id, ordinal }, settings.body, report)];
  });
  await queue.send(messages);
  await ledger.markEnqueued(batch.id, unreadable);
  report.unreadable += unreadable.size;
  tell('warn', 'batch.finished', { batch: batch.id, sent: messages.length, unreadable: unreadable.size });
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
