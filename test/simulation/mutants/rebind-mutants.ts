import type { Mutant } from './mutant.ts';

const REBIND = 'lambdas/shared/operations/rebind.ts';

/** Guards of binding the ledger to another tenant. */
export const REBIND_MUTANTS: readonly Mutant[] = [
  {
    guard: 'a rebind is refused while anything is open',
    edits: [[REBIND, 'if (!force) refuseWhileOpen(now);', 'void refuseWhileOpen;']],
  },
  {
    guard: 'a rebind reads the state before what is open',
    edits: [
      [
        REBIND,
        'const state = await deps.ledger.readState();',
        'const now = await standing(deps);\n    const state = await deps.ledger.readState();',
      ],
      [REBIND, '    const now = await standing(deps);\n    if (!force)', '    if (!force)'],
    ],
  },
  {
    guard: 'a rebind draws a new ledger',
    edits: [[REBIND, '    ledger: randomId(),\n', '    ledger: state.ledger || randomId(),\n']],
  },
  {
    guard: 'a repeated rebind changes nothing',
    edits: [
      [REBIND, 'if (state.tenant === to) return {', 'if (state.tenant === to && state.startsAnew) return {'],
    ],
  },
  {
    guard: 'a rebind forgets the position of the former tenant',
    edits: [[REBIND, "    cursor: '',\n    startsAnew: true,\n", '']],
  },
];
