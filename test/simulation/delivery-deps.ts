import { readCircumstances } from '../../lambdas/deliverer/circumstances.ts';
import { createEndpointStore } from '../../lambdas/deliverer/endpoint/store.ts';
import type { InvocationDeps } from '../../lambdas/deliverer/invocation.ts';
import { createRecordQueue } from '../../lambdas/deliverer/record-queue.ts';
import { DEFAULT_RETRY_WINDOW_SECONDS, DELIVERER_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import { seqOf } from '../../lambdas/shared/ledger/batches.ts';
import { parseState } from '../../lambdas/shared/ledger/parse-items.ts';
import { isSkipped } from '../../lambdas/shared/ledger/skipped.ts';
import { isBeside } from './beside.ts';
import { Fault } from './fault.ts';
import type { Message } from './fifo-queue.ts';
import { webhookSettings } from './fixed-settings.ts';
import { leaseOf } from './leases.ts';
import type { Process } from './process.ts';
import { ledgerOf, logOf, NEVER_PAUSED, pausesOf, sleeper, tableOf } from './processes.ts';
import { QUEUE_URLS, queueClient } from './queue-client.ts';
import { placeOf } from './receipt.ts';
import { type Known, mayBeLast } from './retry-windows.ts';
import type { Simulation } from './simulation.ts';
import { type Arrival, webhookClient } from './webhook.ts';

/** Everything that an invocation of the delivery function works with. */
export function deliveryDeps(
  sim: Simulation,
  process: Process,
  messages: readonly Message[],
  known: Known,
): InvocationDeps {
  const { world } = sim;
  const client = webhookClient(process, {
    mode: () => sim.webhook,
    isPoison: (logId) => !sim.poisonMended && isPoison(sim, logId),
    now: () => sim.now,
    passUntil: sim.passUntil,
    timeoutMs: webhookSettings.timeoutSeconds * 1_000,
    onRequest: (logIds) => {
      if (logIds.length > 1) sim.meet('in company');
      const asked = messages.filter(({ attributes: a }) => logIds.includes(a.log_id ?? ''));
      sim.probes.onRequest(process, mayBeLast(asked, known, sim.now));
    },
    onArrival: (arrival) => onArrival(sim, messages, arrival),
  });
  return {
    settings: () =>
      process.effect({
        kind: 'settings',
        detail: () => '',
        faults: [Fault.fails, 'faulty'],
        perform: (fault) =>
          fault === undefined
            ? { settings: { ...webhookSettings, sendAsBatch: world.sendAsBatch === true } }
            : { faults: [], missing: false },
      }),
    circumstances: () => readCircumstances(tableOf(sim, process)),
    pauses: sim.world.script.includes('pause-deliveries') ? pausesOf(sim, process) : NEVER_PAUSED,
    secretId: 'secret',
    webhook: 'simulated',
    caller: () => ({ client, requestLimit: sim.requestLimit }),
    ledger: ledgerOf(sim, process),
    endpoints: createEndpointStore(tableOf(sim, process)),
    queue: createRecordQueue(queueClient(sim.queues, process), QUEUE_URLS.main, QUEUE_URLS.dead),
    lease: leaseOf(sim, process),
    tell: logOf(sim, process),
    now: () => sim.now,
    random: () => 0.5,
    sleep: sleeper(sim, process),
    later: (work) => work(), // at once: then the scheduler tries it beside each step of what comes next
    concurrentCalls: world.reserved * world.sideBySide,
    sideBySide: world.sideBySide,
    retryWindowSeconds: DEFAULT_RETRY_WINDOW_SECONDS,
    remainingMs: () => process.startedAt + DELIVERER_TIMEOUT_SECONDS * 1_000 - sim.now,
  };
}

function onArrival(sim: Simulation, messages: readonly Message[], arrival: Arrival): void {
  const { process, logId, body, answered } = arrival;
  const { pausedAt } = sim.promised;
  if (pausedAt !== undefined && pausedAt < process.startedAt)
    sim.promised.fail('P6', `${logId.slice(-4)} arrives, though deliveries are paused`);
  const held = messages.filter((message) => message.body === body);
  const places = new Set(held.map(({ attributes: a }) => placeOf(a.batch ?? '', a.ordinal ?? '')));
  if (held.some(({ attributes }) => isBeside(attributes))) {
    sim.beside.onArrival(logId, { process, answered }, [...places]);
    return;
  }
  // The event may be of a lost or restored table, or read again with both of its messages in this
  // invocation. Nothing then tells which of them is meant.
  const isKnown = places.size === 1 && held.every((message) => isOfTheTable(sim, message));
  sim.promised.onArrival({ process, answered, place: isKnown ? [...places][0] : undefined }, logId);
}

/** True when the receiver refuses the event: the poison event, or the first test event. */
function isPoison({ world, beside }: Simulation, logId: string): boolean {
  if (world.refusesTest === true && logId === beside.tests[0]) return true;
  return Number(logId.slice(-4)) === world.poison;
}

/**
 * True when the table has the message's batch or has had it: it was neither lost nor restored
 * since.
 */
function isOfTheTable({ table }: Simulation, { attributes }: Message): boolean {
  const { ledger, batch = '' } = attributes;
  const item = table.items.get('state');
  const state = item && parseState(item);
  const seq = seqOf(batch) ?? 0;
  if (state === undefined || ledger !== state.ledger || seq > state.seq) return false;
  return table.items.has(batch) || !isSkipped(state, seq);
}
