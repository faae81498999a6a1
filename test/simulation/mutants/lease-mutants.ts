import type { Mutant } from './mutant.ts';

const LEASE = 'lambdas/deliverer/lease.ts';
const ALONE = 'lambdas/deliverer/deliver-alone.ts';

/** Guards of the lease that keeps two invocations apart. */
export const LEASE_MUTANTS: readonly Mutant[] = [
  {
    guard: 'a lease that somebody holds is not taken',
    edits: [[LEASE, 'if (leftMs > 0 && leftMs < LONGEST_MS) return false;', '']],
  },
  {
    guard: 'the lease of an invocation that died ends',
    edits: [[LEASE, 'if (leftMs > 0 && leftMs < LONGEST_MS)', 'if (Number(held?.until?.N ?? 0) > 0)']],
  },
  {
    guard: 'of two that come at a time one takes the lease',
    edits: [
      [
        LEASE,
        'return written !== undefined || (await table.get(LEASE))?.holder?.S === holder;',
        'return written !== undefined || leftMs < LONGEST_MS;',
      ],
    ],
  },
  {
    guard: 'a lease lasts for as long as its invocation may',
    edits: [[LEASE, 'now() + forMs + CLOCKS_DIFFER_MS;', 'now() + forMs / 3;']],
  },
  {
    guard: 'a lease allows for clocks that differ',
    edits: [[LEASE, 'now() + forMs + CLOCKS_DIFFER_MS;', 'now() + forMs;']],
  },
  {
    guard: 'a lease lasts no longer when its calls take long',
    edits: [[LEASE, "':until': N(until)", "':until': N(now() + forMs + CLOCKS_DIFFER_MS)"]],
  },
  {
    guard: 'only its holder releases a lease',
    edits: [[LEASE, "condition: '#holder = :holder',", "condition: 'attribute_exists(#holder)',"]],
  },
  {
    guard: 'a lease is released',
    edits: [[ALONE, 'await lease.release();', '']],
  },
  {
    guard: 'a write that the SDK repeats finds its own lease',
    edits: [[LEASE, ' || (await table.get(LEASE))?.holder?.S === holder', '']],
  },
  {
    guard: 'who stands back gives its records a time',
    edits: [
      [ALONE, 'returned: await giveBack(new Map(fates), deps)', 'returned: fates.map(([record]) => record)'],
    ],
  },
];
