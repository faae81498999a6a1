import type { Mutant } from './mutant.ts';

const OPERATIONS = 'lambdas/shared/operations';

/** Guards of an operator's acts. */
export const OPERATIONS_MUTANTS: readonly Mutant[] = [
  {
    guard: 'redrive sends, then deletes',
    edits: [
      [
        `${OPERATIONS}/redrive.ts`,
        'await sendMessage(deps.queue,',
        'await deleteMessage(deps.deadLetterQueue, received.receiptHandle);\n      await sendMessage(deps.queue,',
      ],
    ],
  },
  {
    guard: 'an interrupted redrive moves no more letters',
    edits: [[`${OPERATIONS}/in-hand.ts`, 'if (signal?.aborted === true) return;', '']],
  },
  {
    guard: 'what a redrive leaves is visible again',
    edits: [
      [`${OPERATIONS}/each-pass.ts`, 'await putBack(deadLetterQueue, again);', ''],
      [`${OPERATIONS}/each-pass.ts`, 'await putBack(deadLetterQueue, passed);', 'void putBack;'],
    ],
  },
  {
    guard: 'dismiss writes the ledger, then deletes',
    edits: [
      [
        `${OPERATIONS}/dismiss.ts`,
        'await giveUp(own, deps.ledger);',
        'for (const { received } of own) await deleteMessage(deps.deadLetterQueue, received.receiptHandle);\n        await giveUp(own, deps.ledger);',
      ],
    ],
  },
  {
    guard: 'what is unreadable is not dismissed while messages wait',
    edits: [[`${OPERATIONS}/dismiss-unreadable.ts`, 'if (!isChecked) await refuseWhileWaiting(deps);', '']],
  },
];
