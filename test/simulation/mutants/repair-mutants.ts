import type { Mutant } from './mutant.ts';

const POLL = 'lambdas/poller/poll.ts';
const FIRST = 'lambdas/poller/repair/first-open-batch.ts';
const FINISH = 'lambdas/poller/repair/finish-last-batch.ts';

/** Guards of what a poll puts right before it reads. */
export const REPAIR_MUTANTS: readonly Mutant[] = [
  {
    guard: 'an unfinished batch is finished first',
    edits: [
      [
        POLL,
        'const finished = await finishLastBatch(state, deps);',
        'const finished = state.seq < 0 ? await finishLastBatch(state, deps) : { sent: 0, counts: {} };',
      ],
    ],
  },
  {
    guard: 'an unfinished batch is sent in its own order',
    edits: [[FINISH, 'due.toSorted((a, b) => a - b)', 'due']],
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
      [
        'lambdas/poller/send-batch.ts',
        'ledger.markEnqueued({ id, round }, unsent)',
        'ledger.markEnqueued({ id, round })',
      ],
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
