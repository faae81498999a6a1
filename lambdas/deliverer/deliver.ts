import type { Pauses } from '../shared/ledger/pause.ts';
import type { DeliverContext, DeliverDeps } from './deliver-deps.ts';
import { deliverInOrder } from './deliver-in-order.ts';
import { deliverTogether } from './deliver-together.ts';
import { openGate } from './endpoint/gate.ts';
import { giveBack } from './give-back.ts';
import { holdOutOfTurn } from './out-of-turn.ts';
import { startRecording } from './record-fates.ts';
import type { DeliveryRecord } from './records.ts';
import { readTracking } from './tracking.ts';

export interface Delivered {
  /** The records that return to the queue. The others leave it. */
  readonly returned: readonly DeliveryRecord[];
  /** False when some outcomes could not be written to the ledger. */
  readonly isRecorded: boolean;
}

/** What an invocation knows before its first attempt. */
export interface Opened extends Pick<DeliverContext, 'tracking' | 'gate'> {
  readonly pauses: Pauses;
}

export async function open(records: readonly DeliveryRecord[], deps: DeliverDeps): Promise<Opened> {
  const { tracking, circumstances } = await readTracking(records, deps);
  const { endpoint, pauses } = circumstances;
  const gate = openGate({ ...deps, store: deps.endpoint.store, of: deps.endpoint.id }, endpoint);
  return { tracking, gate, pauses };
}

/**
 * Delivers the records of one invocation: in order within a group, groups side by side. A failed
 * event is retried alone. An endpoint at which everything fails gets no requests but probes.
 */
export async function deliver(
  records: readonly DeliveryRecord[],
  deps: DeliverDeps,
  opened?: Opened,
): Promise<Delivered> {
  const context: DeliverContext = { ...deps, ...(opened ?? (await open(records, deps))) };
  const held = holdOutOfTurn(records, context);
  const due = records.filter((record) => !held.has(record));
  const recording = startRecording(due, context);
  const attempted = deps.sendAsBatch
    ? await deliverTogether(due, context)
    : await deliverInOrder(due, { ...context, settle: recording.settle });
  const { fates, isRecorded } = await recording.end(new Map([...attempted, ...held]));
  return { returned: await giveBack(fates, context), isRecorded };
}
