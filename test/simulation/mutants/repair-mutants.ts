import type { Mutant } from './mutant.ts';

const POLL = 'lambdas/poller/poll.ts';
const FIRST = 'lambdas/poller/repair/first-open-batch.ts';
const FINISH = 'lambdas/poller/repair/finish-last-batch.ts';
const RECONCILE = 'lambdas/poller/repair/reconcile.ts';
const REMOVE = 'lambdas/poller/repair/remove-abandoned.ts';
const WAITING = 'lambdas/poller/repair/waiting-in.ts';

/** Guards of what a poll puts right before it reads. */
export const REPAIR_MUTANTS: readonly Mutant[] = [
  {
    guard: 'an unfinished batch is finished first',
    edits: [
      [
        POLL,
        'const finished = await finishLastBatch(state, deps);',
        'const finished = { sent: 0, counts: {} };\n  if (state.seq < 0) await finishLastBatch(state, deps);',
      ],
    ],
  },
  {
    guard: 'an unfinished batch is sent in its own order',
    edits: [[FINISH, '[...batch.pending].toSorted((a, b) => a - b)', '[...batch.pending]']],
  },
  {
    guard: 'an unfinished batch is finished with its own events, whatever the filter says now',
    edits: [
      [
        FINISH,
        "const eventAt = (ordinal: number) => events.get(last.ids[ordinal] ?? '');",
        "const eventAt = (ordinal: number) => [...events.values()].filter((e) => settings.filter.methods.length === 0 || !JSON.stringify(e).includes('delete'))[ordinal];",
      ],
    ],
  },
  {
    guard: 'what cannot be read again is marked unreadable',
    edits: [
      [FINISH, 'await ledger.markEnqueued(batch.id, unreadable);', 'await ledger.markEnqueued(batch.id);'],
    ],
  },
  {
    guard: 'one empty answer gives no event up',
    edits: [[FINISH, 'if (unreadable.size > 0) await proveGone(last, unreadable, deps);', '']],
  },
  {
    guard: 'a batch that is newer than the state is not deleted',
    edits: [
      [FIRST, ' && batch.seq <= state.seq;', ';'],
      [FIRST, 'if (batch.seq > state.seq) return;', 'if (batch.seq < 0) return;'],
    ],
  },
  {
    guard: 'the newest claimed batch is not deleted',
    edits: [[FIRST, 'batch.id !== state.last?.id && ', '']],
  },
  {
    guard: 'batches with nothing pending are deleted',
    edits: [[FIRST, '  await ledger.removeIfDelivered(batch.id);\n', '']],
  },
  {
    guard: 'batches that were never claimed are deleted',
    edits: [
      [
        FIRST,
        'if (wasNeverClaimed(batch, state)) return await ledger.removeBatch(batch.id);',
        'if (wasNeverClaimed(batch, state)) return;',
      ],
    ],
  },
  {
    guard: 'a batch of another ledger is removed only by a poll of the table that it is in',
    edits: [[FIRST, 'if (now?.ledger === state.ledger) await', 'if (now) await']],
  },
  {
    guard: 'reconcile goes back to where the lost batches begin',
    edits: [[RECONCILE, 'const cursor = earlier(first.from, state.cursor);', 'const cursor = state.cursor;']],
  },
  {
    guard: 'reconcile waits for several quiet polls',
    edits: [[RECONCILE, 'if (polls + 1 < QUIET_POLLS || now() - since < QUIET_MS) {', 'if (polls < 0) {']],
  },
  {
    guard: 'reconcile asks both queues',
    edits: [
      [
        WAITING,
        'if (deadLettered === 0) return batch.unreadable;',
        'if (deadLettered >= 0) return batch.unreadable;',
      ],
    ],
  },
  {
    guard: 'reconcile deletes what it abandons',
    edits: [[REMOVE, 'return await ledger.removeBatch(batch.id);', 'return;']],
  },
  {
    guard: 'reconcile leaves alone what has no message',
    edits: [
      [
        RECONCILE,
        '!isClaimed(batch, state) || !batch.enqueued || batch.openedAt > since',
        'batch.openedAt > since',
      ],
      [
        WAITING,
        'return new Set([...batch.pending].filter((ordinal) => !accounted.has(ordinal)));',
        'return new Set([...batch.pending].filter(() => accounted.size >= 0));',
      ],
    ],
  },
  {
    guard: 'several pages: a repair reads the whole range',
    edits: [
      [
        'lambdas/poller/repair/finish-last-batch.ts',
        'if (end === undefined || end <= position || end >= to) return range;',
        'if (end !== position) return range;',
      ],
    ],
  },
  {
    guard: 'a quiet ends when something waits',
    edits: [['lambdas/poller/repair/reconcile.ts', 'if (quiet) await ledger.clearQuiet();', '']],
  },
  {
    guard: 'what is given up is told (reconcile)',
    edits: [
      [
        'lambdas/poller/repair/reconcile.ts',
        "tell('error', 'events.unreadable', { batch: batch.id, events: events.size });",
        '',
      ],
    ],
  },
  {
    guard: 'what is given up is counted (reconcile)',
    edits: [['lambdas/poller/repair/reconcile.ts', 'unreadable += events.size;', '']],
  },
  {
    guard: 'what is given up is counted (repair)',
    edits: [
      [
        'lambdas/poller/repair/finish-last-batch.ts',
        'counts: { unreadable: unreadable.size, shortened }',
        'counts: { shortened }',
      ],
    ],
  },
];
