// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source code
import type { Mutant } from './mutant.ts';

const POLL = 'lambdas/poller/poll.ts';
const WRITER = 'lambdas/poller/batch-writer.ts';
const SWEEP = 'lambdas/poller/repair/sweep.ts';
const REPAIR = 'lambdas/poller/repair/finish-last-batch.ts';
const RECONCILE = 'lambdas/poller/repair/reconcile.ts';
const ENQUEUE = 'lambdas/shared/queue/enqueue.ts';

/** Guards of reading and sending. */
export const POLLER_MUTANTS: readonly Mutant[] = [
  {
    guard: "a new table's count begins at the time",
    edits: [
      [
        'lambdas/poller/reading/open-state.ts',
        'settings.startFrom, log), now())',
        'settings.startFrom, log))',
      ],
    ],
  },
  {
    guard: 'a batch is put before it is claimed and sent after it',
    edits: [
      [
        WRITER,
        'const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });',
        'await queue.send(toMessages([...events.entries()], { ledger: state.ledger, batch }, settings.body).messages);\n  const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });',
      ],
    ],
  },
  {
    guard: 'a poll that was overtaken stops before it sends',
    edits: [[WRITER, 'if (!claimed) return undefined;', 'if (!claimed) return state;']],
  },
  {
    guard: 'a batch is marked only after all its events were sent',
    edits: [
      [
        WRITER,
        'await queue.send(messages);',
        'await ledger.markEnqueued(batch);\n  await queue.send(messages);',
      ],
    ],
  },
  {
    guard: 'an unfinished batch is finished first',
    edits: [[POLL, 'count(await finishLastBatch(state, deps));', '']],
  },
  {
    guard: 'an unfinished batch is sent in its own order',
    edits: [[REPAIR, '[...batch.pending].toSorted((a, b) => a - b)', '[...batch.pending]']],
  },
  {
    guard: 'an unfinished batch is finished with its own events, whatever the filter says now',
    edits: [
      [
        REPAIR,
        "const eventAt = (ordinal: number) => events.get(last.ids[ordinal] ?? '');",
        "const eventAt = (ordinal: number) => [...events.values()].filter((e) => settings.methods.length === 0 || !JSON.stringify(e).includes('delete'))[ordinal];",
      ],
    ],
  },
  {
    guard: 'what cannot be read again is marked unreadable',
    edits: [
      [REPAIR, 'await ledger.markEnqueued(batch.id, unreadable);', 'await ledger.markEnqueued(batch.id);'],
    ],
  },
  {
    guard: 'a batch that is newer than the state is not deleted',
    edits: [[SWEEP, ' && batch.seq <= state.seq;', ';']],
  },
  {
    guard: 'the newest claimed batch is not deleted',
    edits: [[SWEEP, 'batch.id !== state.last?.id && ', '']],
  },
  {
    guard: 'batches with nothing pending are deleted',
    edits: [[SWEEP, 'await ledger.removeIfDelivered(batch.id);', ';']],
  },
  {
    guard: 'batches that were never claimed are deleted',
    edits: [[SWEEP, 'if (neverClaimed) await', 'if (neverClaimed && batch.seq < 0) await']],
  },
  {
    guard: 'reconcile goes back to where the lost batches begin',
    edits: [[RECONCILE, 'const cursor = earlier(first.from, state.cursor);', 'const cursor = state.cursor;']],
  },
  {
    guard: 'reconcile waits for several quiet polls',
    edits: [[RECONCILE, 'if (polls < QUIET_POLLS || now() - since < QUIET_MS) {', 'if (polls < 1) {']],
  },
  {
    guard: 'reconcile asks both queues',
    edits: [[RECONCILE, 'waiting + deadLettered > 0', 'waiting > 0']],
  },
  {
    guard: 'reconcile deletes what it abandons',
    edits: [[RECONCILE, 'await ledger.removeBatch(id);', '']],
  },
  {
    guard: 'reconcile leaves alone what has no message',
    edits: [
      [
        RECONCILE,
        'return batch.enqueued && [...batch.pending].some((ordinal) => !batch.unreadable.has(ordinal));',
        'return batch.pending.size > 0;',
      ],
    ],
  },
  {
    guard: 'no call holds two events of a resource',
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
    edits: [['lambdas/shared/queue/event-queue.ts', '${logId} ${batch} ${ordinal}', '${logId}']],
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
        'const young = page.entries.findIndex((entry) => isYoung(entry, page.readAt, settleMs));',
        'const young = -1;',
      ],
    ],
  },
];
