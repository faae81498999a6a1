import type { LastBatch, State } from '../../shared/ledger/items.ts';
import { idOf, type LogEvent, logIdOf } from '../../shared/log-event.ts';
import { toMessages } from '../events/event-message.ts';
import type { PollCounts } from '../poll-counts.ts';
import type { PollDeps } from '../poll-deps.ts';
import type { LogClient } from '../reading/log-client.ts';
import { LogReadError } from '../reading/log-read-error.ts';
import { isAfter, isPosition, type Oldest, oldestOf } from '../reading/positions.ts';
import { sendAnew } from '../send-batch.ts';
import { isGone } from './is-gone.ts';

interface Finished {
  /** Messages that were sent. */
  readonly sent: number;
  readonly counts: Partial<PollCounts>;
}

/**
 * Finishes the sending of the newest batch, when a poll died before it marked the batch. It reads
 * the batch's range again and sends the events that are still pending, whatever the filter says
 * now. Nothing else may be sent before that (P3). An event that Auth0 does not show again is given
 * up only with proof that Auth0 no longer keeps it. Without proof this fails, and the next poll
 * tries again.
 * @returns undefined when another poll has taken over
 */
export async function finishLastBatch(state: State, deps: PollDeps): Promise<Finished | undefined> {
  const { ledger, log, settings, tell } = deps;
  const { last } = state;
  const batch = last && (await ledger.readBatch(last.id));
  if (!last || !batch || batch.enqueued) return { sent: 0, counts: {} }; // missing: delivered meanwhile
  const events = new Map((await readRange(log, last.from, last.to)).map((event) => [idOf(event), event]));
  const due = [...batch.pending].filter((ordinal) => batch.deadLettered?.has(ordinal) !== true);
  const pending = due.toSorted((a, b) => a - b);
  const eventAt = (ordinal: number) => events.get(last.ids[ordinal] ?? '');
  const unreadable = new Set(pending.filter((ordinal) => eventAt(ordinal) === undefined));
  if (unreadable.size > 0) await proveGone(last, unreadable, deps);
  const found = pending.flatMap((ordinal) => {
    const event = eventAt(ordinal);
    return event === undefined ? [] : [[ordinal, event] as const];
  });
  const { order, version } = state.grouping ?? deps.grouping;
  const place = { ledger: state.ledger, batch: batch.id, version };
  const { messages, shortened } = toMessages(found, place, settings.body);
  const sent = await sendAnew({ ...batch, unreadable }, { messages, order }, deps);
  if (sent === 'overtaken') return undefined;
  if (sent === 'delivered') return { sent: 0, counts: {} };
  tell('warn', 'batch.finished', { batch: batch.id, sent, unreadable: unreadable.size });
  return { sent, counts: { unreadable: unreadable.size, shortened } };
}

async function proveGone(
  last: LastBatch,
  ordinals: ReadonlySet<number>,
  { log, settings }: PollDeps,
): Promise<void> {
  const oldest = await oldestOf(log);
  const isProven = (ordinal: number) =>
    placesOf(last, ordinal, oldest).some((position) => isGone(position, oldest, settings.retentionDays));
  if ([...ordinals].every(isProven)) return;
  throw new LogReadError(
    'auth0.position',
    'Auth0 does not show log events again that it showed before and should still keep: the next poll tries again',
  );
}

/**
 * Positions that prove an event gone when they are gone. An odd entry whose id is no position is
 * gone at the latest when the next position is. It is also gone when the one before it is and the
 * log begins with the next. To wait for the whole batch would be too long, as nothing is read
 * meanwhile.
 */
function placesOf({ ids, from, to }: LastBatch, ordinal: number, oldest: Oldest): readonly string[] {
  const next = ids.slice(ordinal).find(isPosition) ?? to;
  const beginsWithNext = oldest.position !== undefined && !isAfter(next, oldest.position);
  if (next === ids[ordinal] || !beginsWithNext) return [next];
  return [next, ids.slice(0, ordinal).findLast(isPosition) ?? from];
}

/**
 * Reads the entries after `from`, up to and with `to`. It takes as many pages as the batch was made
 * of, or more if late entries have come.
 */
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
