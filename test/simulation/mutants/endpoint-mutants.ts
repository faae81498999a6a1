import type { Mutant } from './mutant.ts';

/**
 * Guards of the paused endpoint; what only costs requests, the delivery in virtual time judges by
 * counts.
 */
export const ENDPOINT_MUTANTS: readonly Mutant[] = [
  {
    guard: 'endpoint: probes go round',
    edits: [
      [
        'lambdas/deliverer/probes-first.ts',
        'if (!gate.isPaused()) return records;',
        'if (!gate.isPaused() || records.length > 0) return records;',
      ],
    ],
  },
  {
    guard: 'endpoint: a hold has a bound',
    edits: [
      [
        'lambdas/deliverer/endpoint/hold.ts',
        'Math.min(receiveCount * STEP_SECONDS, LONGEST_SECONDS)',
        'receiveCount * 20_000',
      ],
    ],
  },
];
