import type { Mutant } from './mutant.ts';

const WRITER = 'lambdas/poller/batch-writer.ts';
const ENQUEUE = 'lambdas/shared/queue/enqueue.ts';

/** Guards of reading and sending. */
export const POLLER_MUTANTS: readonly Mutant[] = [
  {
    guard: "a new table's count begins at the time",
    edits: [
      [
        'lambdas/poller/reading/open-state.ts',
        'createState(randomId(), cursor, now(),',
        'createState(randomId(), cursor, 0,',
      ],
    ],
  },
  {
    guard: 'a batch is put before it is claimed and sent after it',
    edits: [
      [
        WRITER,
        'const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });',
        'await deps.queue.send(toMessages([...events.entries()], { ledger: state.ledger, batch }, settings.body).messages, wanted.order);\n  const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });',
      ],
    ],
  },
  {
    guard: 'a poll that was overtaken stops before it sends',
    edits: [[WRITER, 'if (!claimed) return undefined;', '']],
  },
  {
    guard: 'a poll that was overtaken reads no further',
    edits: [[WRITER, 'if (!claimed) return undefined;', 'if (!claimed) return state;']],
  },
  {
    guard: 'a batch is marked only after all its events were sent',
    edits: [
      [
        'lambdas/poller/send-batch.ts',
        'const doubt = await deps.queue.sendQuickly(',
        'await deps.ledger.markEnqueued({ id, round: 0 });\n  const doubt = await deps.queue.sendQuickly(',
      ],
    ],
  },
  {
    guard: 'no careful call holds two events of a resource',
    edits: [[ENQUEUE, '(groups.has(entry.group) ? later : round).push(entry);', 'round.push(entry);']],
  },
  {
    guard: 'refused entries are sent again',
    edits: [[ENQUEUE, 'refused = await send(refused);', 'refused = [];']],
  },
  {
    guard: 'a call that failed fails the sending',
    edits: [[ENQUEUE, "if (end.status === 'rejected') throw end.reason;", ';']],
  },
  {
    guard: 'a batch that is read again has deduplication ids of its own',
    edits: [['lambdas/shared/queue/event-queue.ts', '${logId} ${batch} ${ordinal} ', '${logId} ']],
  },
  {
    guard: "a move is deduplicated by the moved message's own id",
    edits: [
      [
        'lambdas/shared/queue/queue.ts',
        'deduplicationId: messageId,',
        "deduplicationId: attributes.log_id ?? '',",
      ],
    ],
  },
  {
    guard: 'young entries wait until they are settled',
    edits: [
      [
        'lambdas/poller/reading/page-part.ts',
        'return isFuture(id, readAt) || (settleMs > 0 && time > readAt - settleMs);',
        'return isFuture(id, readAt) || settleMs < 0;',
      ],
    ],
  },
  {
    guard: 'two events of one content in a batch are two messages',
    edits: [['lambdas/shared/queue/event-queue.ts', '${logId} ${batch} ${ordinal} ', '${logId} ${batch} ']],
  },
  {
    guard: 'several pages: what is kept is written when no page follows',
    edits: [
      [
        'lambdas/poller/read-pages.ts',
        "if (!goesOn && !(await writer.flush())) return { stoppedBy: 'overtaken' };",
        '',
      ],
    ],
  },
  {
    guard: 'several pages: a batch has the events of all its pages',
    edits: [['lambdas/poller/batch-writer.ts', 'events: [...(kept?.events ?? []), ...events],', 'events,']],
  },
  {
    guard: 'a creation belongs to the resource that its answer names',
    edits: [
      [
        'lambdas/poller/events/management-resource.ts',
        "createdId(collection, field(event, 'details', 'response', 'body'), version)",
        'createdId(collection, undefined, version)',
      ],
    ],
  },
];
