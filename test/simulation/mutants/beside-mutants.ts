import type { Mutant } from './mutant.ts';

const RESEND = 'lambdas/shared/operations/resend.ts';
const TEST = 'lambdas/shared/operations/test-event.ts';

/** Guards of what operators send beside the ledger. */
export const BESIDE_MUTANTS: readonly Mutant[] = [
  {
    guard: 'what is sent again is of no ledger',
    edits: [[RESEND, 'ledger: Untracked.replay,', "ledger: state?.ledger ?? '',"]],
  },
  {
    guard: 'each sending again is one of its own',
    edits: [[RESEND, '`${Untracked.replay}-${deps.randomId()}`', '`${Untracked.replay}-`']],
  },
  {
    guard: 'a resend writes nothing to the ledger',
    edits: [
      [
        RESEND,
        '    sent += events.length;\n',
        '    sent += events.length;\n    const now = await deps.ledger.readState();\n    const to = events.at(-1)?.logId;\n    if (now && to > now.cursor) await deps.ledger.claim(now, { cursor: to, last: now.last });\n',
      ],
    ],
  },
  {
    guard: "another tenant's events are not sent again",
    edits: [[RESEND, 'refuseOtherTenant(state, deps.tenant);', 'void refuseOtherTenant;']],
  },
  {
    guard: 'a test event is of no ledger',
    edits: [[TEST, 'ledger: Untracked.test,', "ledger: (await ledger.readState())?.ledger ?? '',"]],
  },
  {
    guard: 'a test event that fails holds back no other',
    edits: [[TEST, 'resource: logId,', "resource: 'test',"]],
  },
];
