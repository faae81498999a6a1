import { BESIDE_MUTANTS } from './mutants/beside-mutants.ts';
import { DELIVERER_MUTANTS } from './mutants/deliverer-mutants.ts';
import { ENDPOINT_MUTANTS } from './mutants/endpoint-mutants.ts';
import { LEASE_MUTANTS } from './mutants/lease-mutants.ts';
import { LEDGER_MUTANTS } from './mutants/ledger-mutants.ts';
import type { Mutant } from './mutants/mutant.ts';
import { OPERATIONS_MUTANTS } from './mutants/operations-mutants.ts';
import { POLLER_MUTANTS } from './mutants/poller-mutants.ts';
import { REBIND_MUTANTS } from './mutants/rebind-mutants.ts';
import { RECONCILE_MUTANTS } from './mutants/reconcile-mutants.ts';
import { REPAIR_MUTANTS } from './mutants/repair-mutants.ts';
import { RESTORE_MUTANTS } from './mutants/restore-mutants.ts';
import { RETRY_MUTANTS } from './mutants/retry-mutants.ts';
import { ROUND_MUTANTS } from './mutants/round-mutants.ts';
import { WORLD_MUTANTS } from './mutants/world-mutants.ts';

/** Every guard of the protocol (docs/protocol.md), taken away one at a time. */
export const MUTANTS: readonly Mutant[] = [
  ...POLLER_MUTANTS,
  ...REPAIR_MUTANTS,
  ...RECONCILE_MUTANTS,
  ...LEDGER_MUTANTS,
  ...DELIVERER_MUTANTS,
  ...RETRY_MUTANTS,
  ...ENDPOINT_MUTANTS,
  ...OPERATIONS_MUTANTS,
  ...RESTORE_MUTANTS,
  ...LEASE_MUTANTS,
  ...BESIDE_MUTANTS,
  ...REBIND_MUTANTS,
  ...ROUND_MUTANTS,
  ...WORLD_MUTANTS,
];
