import type { Mutant } from './mutant.ts';

const IN_ORDER = 'lambdas/deliverer/deliver-in-order.ts';
const TRACKING = 'lambdas/deliverer/tracking.ts';
const GIVE_BACK = 'lambdas/deliverer/give-back.ts';
const FATES = 'lambdas/deliverer/record-fates.ts';

const READ_BATCHES =
  '  const batches = await ledger.readBatches(new Set(records.map(({ message }) => message.batch)));\n';
const READ_STATE = '  const circumstances = await readCircumstances();\n';

/** Guards of delivering. */
export const DELIVERER_MUTANTS: readonly Mutant[] = [
  {
    guard: 'records of another ledger are delivered without bookkeeping',
    edits: [[TRACKING, 'ledger !== state?.ledger || seq', 'state === undefined || seq']],
  },
  {
    guard: 'the state is read after the batches (delivery)',
    edits: [[TRACKING, `${READ_BATCHES}${READ_STATE}`, `${READ_STATE}${READ_BATCHES}`]],
  },
  {
    guard: 'a batch that DynamoDB left out of its answer is read again',
    edits: [
      ['lambdas/shared/ledger/get-items.ts', 'UnprocessedKeys?.[TableName]?.Keys ?? []', '[] as Item[]'],
    ],
  },
  {
    guard: 'what is not pending is not attempted',
    edits: [[TRACKING, 'return !batch?.pending.has(ordinal) ||', 'return batch !== undefined &&']],
  },
  {
    guard: 'the same event twice in one invocation is attempted once',
    edits: [[IN_ORDER, 'const first = seen.get(place);', 'const first = seen.get(String(delaySeconds));']],
  },
  {
    guard: 'after a failure the rest of the resource waits',
    edits: [
      [
        IN_ORDER,
        'delaySeconds = returnDelayOf(fate);',
        "if (fate.kind === 'returned') delaySeconds = returnDelayOf(fate);",
      ],
    ],
  },
  {
    guard: 'followers get a visibility time too',
    edits: [
      [
        GIVE_BACK,
        'await queue.hide(changes)',
        "await queue.hide(changes.filter(({ record }) => fates.get(record)?.kind === 'failed'))",
      ],
    ],
  },
  {
    guard: 'no attempt starts that cannot end in time',
    edits: [
      ['lambdas/deliverer/endpoint/gate.ts', 'if (leftToStartMs() < 0)', 'if (leftToStartMs() < -1e9)'],
      ['lambdas/deliverer/endpoint/gate.ts', 'deps.leftToStartMs() < 0', 'deps.leftToStartMs() < -1e9'],
    ],
  },
  {
    guard: 'an event that could not be moved stays in the queue',
    edits: [
      [
        'lambdas/deliverer/after-attempt.ts',
        'error: errorName(error) });\n    return failed;',
        "error: errorName(error) });\n    return { kind: 'dead-lettered' };",
      ],
    ],
  },
  {
    guard: 'a dead-lettered event stays pending',
    edits: [
      [
        FATES,
        "delivered: ordinals('delivered'),",
        "delivered: ordinals('delivered').union(ordinals('dead-lettered')),",
      ],
    ],
  },
  {
    guard: 'what could not be recorded returns to the queue',
    edits: [
      [FATES, "if (fate.kind === 'delivered' || fate.kind === 'dead-lettered')", "if (fate.kind === 'done')"],
    ],
  },
  {
    guard: 'only what was delivered is recorded as delivered',
    edits: [
      [
        FATES,
        "delivered: ordinals('delivered'),",
        "delivered: ordinals('delivered').union(ordinals('failed')),",
      ],
    ],
  },
  {
    guard: 'not more attempts side by side than the share',
    edits: [
      [
        'lambdas/shared/groups.ts',
        'Array.from({ length: sideBySide }, worker)',
        'Array.from({ length: groups.length }, worker)',
      ],
    ],
  },
  {
    guard: 'nothing is attempted while deliveries are paused',
    edits: [
      [
        'lambdas/deliverer/invocation.ts',
        'if (paused) return endOf(await holdPaused(records, paused, deps));',
        '',
      ],
    ],
  },
  {
    guard: 'what waits too long in a pause goes to the dead-letter queue',
    edits: [
      [
        'lambdas/deliverer/hold-paused.ts',
        'if (!isTooLongInQueue(record.sentAt, now())) return held;',
        'if (now() > 0) return held;',
      ],
    ],
  },
];
