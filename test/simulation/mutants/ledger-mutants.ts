import type { Mutant } from './mutant.ts';

const LEDGER = 'lambdas/shared/ledger/ledger.ts';
const BATCHES = 'lambdas/shared/ledger/batches.ts';
const UPDATES = 'lambdas/shared/ledger/updates.ts';
const TABLE = 'lambdas/shared/ledger/table.ts';
const QUERY = 'lambdas/shared/ledger/query-pages.ts';

/** Guards of the ledger. */
export const LEDGER_MUTANTS: readonly Mutant[] = [
  {
    guard: 'a claim holds only while nobody has written the state',
    edits: [[UPDATES, "return change.on('#seq = :read', { ':read': N(readSeq) });", 'return change.on();']],
  },
  { guard: 'every claim counts up', edits: [[UPDATES, 'N(claim.seq ?? readSeq + 1)', 'N(readSeq)']] },
  { guard: 'the batch id is random', edits: [[BATCHES, '#${random()}`', '#x`']] },
  {
    guard: 'a record holds only for a batch that exists',
    edits: [[UPDATES, 'return change.on(Condition.exists);\n}', 'return change.on();\n}']],
  },
  {
    guard: 'a mark holds only for a batch that exists',
    edits: [
      [UPDATES, '`${Condition.exists} AND attribute_not_exists(#round)`', "'attribute_not_exists(#round)'"],
    ],
  },
  {
    guard: 'the checkpoint: the state before the batches',
    edits: [
      [
        LEDGER,
        'let state = await readState();',
        'const early = await table.first(BATCHES, () => true);\n    let state = await readState();',
      ],
      [
        LEDGER,
        'const first = await table.first(BATCHES, isFirst);',
        'void isFirst;\n      const first = early && isClaimed(parseBatch(early), read) ? early : undefined;',
      ],
    ],
  },
  {
    guard: 'the checkpoint: only of a state that stayed the same',
    edits: [[LEDGER, 'if (isSame(state, again)) return', 'if (state) return']],
  },
  {
    guard: 'the checkpoint is held back by the first open batch',
    edits: [
      [
        LEDGER,
        'return first ? earlier(first.from, state.cursor) : state.cursor;',
        'return first ? state.cursor : state.cursor;',
      ],
    ],
  },
  {
    guard: 'reads of single items are consistent',
    edits: [[TABLE, 'Key: key(sk), ConsistentRead: true', 'Key: key(sk)']],
  },
  { guard: 'reads of the batches are consistent', edits: [[QUERY, '        ConsistentRead: true,\n', '']] },
  {
    guard: 'a query is read to its end',
    edits: [[QUERY, 'ExclusiveStartKey = LastEvaluatedKey;', 'ExclusiveStartKey = undefined;']],
  },
  {
    guard: 'a rewind is taken back only while nothing of it was read',
    edits: [
      [
        UPDATES,
        "change.setOrRemove('rewoundFrom', rewoundFrom === undefined ? undefined : S(rewoundFrom));",
        "if (rewoundFrom !== undefined) change.set('rewoundFrom', S(rewoundFrom));",
      ],
    ],
  },
];
