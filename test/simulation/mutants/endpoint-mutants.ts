import type { Mutant } from './mutant.ts';

/**
 * Guards of the paused endpoint. What only costs requests is judged by counts, by the delivery in
 * virtual time.
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
    guard: 'endpoint: a success ends the pause',
    edits: [
      [
        'lambdas/deliverer/endpoint/learn.ts',
        'if (item.failures === 0) return pace === item.pace',
        'if (item.failures === 0 || isPaused(item)) return pace === item.pace',
      ],
    ],
  },
  {
    guard: 'endpoint: a probe is claimed',
    edits: [
      [
        'lambdas/deliverer/endpoint/gate.ts',
        'if (await view.change((each) => claimProbe(each, decision.lane, now()))) return go;',
        'void claimProbe;\n      return go;',
      ],
    ],
  },
  {
    guard: 'endpoint: a probe is claimed by one only',
    edits: [
      [
        'lambdas/deliverer/endpoint/store.ts',
        "condition: read ? '#version = :read' : 'attribute_not_exists(#version)',",
        '',
      ],
    ],
  },
  {
    guard: 'endpoint: an event whose window is over is not held',
    edits: [
      [
        'lambdas/deliverer/endpoint/decide.ts',
        "if (isWindowOver) return { kind: 'attempt' };",
        'void isWindowOver;',
      ],
    ],
  },
  {
    guard: 'a hold has a bound',
    edits: [
      [
        'lambdas/deliverer/retry-policy.ts',
        'Math.min(receiveCount * HOLD_STEP_SECONDS, LONGEST_HOLD_SECONDS)',
        'receiveCount * 20_000',
      ],
    ],
  },
  {
    guard: 'endpoint: probes of untracked records go round',
    edits: [
      [
        'lambdas/deliverer/probes-first.ts',
        '(records[0]?.receiveCount ?? 0) % groups.length',
        '0 * groups.length',
      ],
    ],
  },
  {
    guard: 'endpoint: probes of tracked records go round',
    edits: [
      [
        'lambdas/deliverer/probes-first.ts',
        'order.toSorted((a, b) => a.attempts - b.attempts).flatMap',
        'order.flatMap',
      ],
    ],
  },
];
