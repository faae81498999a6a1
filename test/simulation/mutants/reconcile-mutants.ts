import type { Mutant } from './mutant.ts';

const RECONCILE = 'lambdas/poller/repair/reconcile.ts';
const QUIET = 'lambdas/poller/repair/quiet.ts';
const REMOVE = 'lambdas/poller/repair/remove-abandoned.ts';
const WAITING = 'lambdas/poller/repair/waiting-in.ts';

/** Guards of reconcile: what lost its messages is read again. */
export const RECONCILE_MUTANTS: readonly Mutant[] = [
  {
    guard: 'reconcile goes back to where the lost batches begin',
    edits: [[RECONCILE, 'const cursor = earlier(first.from, state.cursor);', 'const cursor = state.cursor;']],
  },
  {
    guard: 'reconcile waits for several quiet polls',
    edits: [[QUIET, 'polls >= QUIET_POLLS && now - since >= QUIET_MS', 'polls > 0 && now >= since']],
  },
  {
    guard: 'a quiet is believed only when the messages are counted again after the look at the batches',
    edits: [[RECONCILE, '(await deps.queue.counts()).waiting > 0', 'queued.waiting > 0']],
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
      [RECONCILE, 'isClaimed(batch, state) && batch.enqueued &&', ''],
      [
        WAITING,
        'return new Set([...batch.pending].filter((ordinal) => !accounted.has(ordinal)));',
        'return new Set([...batch.pending].filter(() => accounted.size >= 0));',
      ],
    ],
  },
  {
    guard: 'a quiet ends when something waits',
    edits: [[QUIET, '(await ledger.takeQuiet(quiet)) ? quiet : undefined', 'quiet']],
  },
  {
    guard: 'what is given up is told (reconcile)',
    edits: [[RECONCILE, "tell('error', 'events.unreadable', { batch: batch.id, events: events.size });", '']],
  },
  {
    guard: 'what is given up is counted (reconcile)',
    edits: [[RECONCILE, 'unreadable += events.size;', '']],
  },
];
