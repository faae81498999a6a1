import type { Mutant } from './mutant.ts';

/** Guards against taking for delivered what a restored table has not seen. */
export const RESTORE_MUTANTS: readonly Mutant[] = [
  {
    guard: 'a message that is newer than the restored state is not done',
    edits: [
      [
        'lambdas/deliverer/tracking.ts',
        'if (ledger !== state?.ledger || seq > state.seq) return false;',
        'if (ledger !== state?.ledger) return false;',
      ],
    ],
  },
  {
    guard: 'a missing batch of a skipped number is not done',
    edits: [
      [
        'lambdas/deliverer/tracking.ts',
        'return batches.get(batch) !== undefined || !isSkipped(state, seq);',
        'void isSkipped;\n    return batches.get(batch) !== undefined || seq > 0;',
      ],
    ],
  },
  {
    guard: 'a poll of a silent table skips numbers before any other write',
    edits: [
      [
        'lambdas/poller/reading/open-state.ts',
        'isSilent(known, checkpoint, now())',
        'isSilent(known, checkpoint, now()) && known.cursor === BEGINNING',
      ],
    ],
  },
  {
    guard: 'a delivery leaves no sign of a poll',
    edits: [
      [
        'lambdas/deliverer/record-fates.ts',
        'await ledger.writeCheckpoint(position, now());',
        'await ledger.writeCheckpoint(position, now(), { at: now(), seq: 0 });',
      ],
    ],
  },
  {
    guard: 'a rewind skips numbers, as no poll may have seen the restored table before',
    edits: [
      [
        'lambdas/shared/operations/rewind.ts',
        '{ ...claim, ...skipTo(state) }',
        '{ ...claim, ...(state.seq < 0 ? skipTo(state) : {}) }',
      ],
    ],
  },
];
