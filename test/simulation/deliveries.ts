import { createEndpointStore } from '../../lambdas/deliverer/endpoint/store.ts';
import { runInvocation } from '../../lambdas/deliverer/invocation.ts';
import { createRecordQueue } from '../../lambdas/deliverer/record-queue.ts';
import {
  DEFAULT_RETRY_WINDOW_SECONDS,
  DELIVERER_TIMEOUT_SECONDS,
  VISIBILITY_TIMEOUT_SECONDS,
} from '../../lambdas/shared/contract.ts';
import { seqOf } from '../../lambdas/shared/ledger/batches.ts';
import type { LogFields } from '../../lambdas/shared/logger.ts';
import { acknowledge, checkPostponed } from './after-delivery.ts';
import { Fault } from './fault.ts';
import type { Message } from './fifo-queue.ts';
import { webhookSettings } from './fixed-settings.ts';
import type { Process } from './process.ts';
import { ledgerOf, logOf, NEVER_PAUSED, pausesOf, sleeper, start, tableOf } from './processes.ts';
import { QUEUE_URLS, queueClient } from './queue-client.ts';
import { placeOf } from './receipt.ts';
import { type Known, mayBeLast } from './retry-windows.ts';
import type { Simulation } from './simulation.ts';
import { toRecord } from './sqs-record.ts';
import { webhookClient } from './webhook.ts';

/**
 * An invocation of the delivery function with what SQS hands to it; undefined when there is
 * nothing, or no room.
 */
export async function startDelivery(sim: Simulation, name: string): Promise<Process | undefined> {
  const { main, dead } = sim.queues;
  const running = sim.processes.filter((other) => !other.isOver && other.name.startsWith('D'));
  if (running.length >= sim.world.reserved) return undefined;
  for (const message of main.messages.filter(({ visibleAt }) => visibleAt <= sim.now)) {
    if (message.receiveCount < (sim.world.maxReceiveCount ?? 1_000)) continue;
    main.messages.splice(main.messages.indexOf(message), 1);
    dead.add({ ...message, sentAt: sim.now });
    sim.promised.deadLettered.add(message.attributes.log_id ?? '');
    sim.promised.movedBySqs = true;
  }
  const messages = main.receive(sim.world.records ?? 10, VISIBILITY_TIMEOUT_SECONDS * 1_000);
  if (messages.length === 0) return undefined;
  const records = messages.map(toRecord);
  const receivedAt = sim.now;
  const known = sim.windows.begin(messages);
  const process = await start(sim, name, async (own) => {
    sim.probes.begin(own);
    const attempts: LogFields[] = [];
    const { tell, ...deps } = dependencies(sim, own, messages, known);
    const { batchItemFailures } = await runInvocation(
      { Records: records },
      {
        ...deps,
        tell(level, event, fields = {}, embedded) {
          if (event === 'delivery.attempted') attempts.push(fields);
          tell(level, event, fields, embedded);
        },
      },
    );
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    checkPostponed(sim, own, receivedAt, messages, failed);
    sim.probes.end(own, attempts);
    const hangs = sim.webhook === 'hang';
    const invocation = { process: own, messages, known, returned: failed, attempts, now: sim.now, hangs };
    sim.windows.check(invocation);
    if (sim.promised.pausedAt === undefined) sim.windows.checkHeld(invocation);
    const done = records.filter(({ messageId }) => !failed.has(messageId)).map((r) => r.receiptHandle);
    if (done.length > 0) await acknowledge(sim, own, done);
  });
  sim.say(() => `   with ${messages.map(({ attributes }) => attributes.log_id?.slice(-4)).join(' ')}`);
  return process;
}

function dependencies(sim: Simulation, process: Process, messages: readonly Message[], known: Known) {
  const { world } = sim;
  const client = webhookClient(process, {
    mode: () => sim.webhook,
    isPoison: (logId) => !sim.poisonMended && Number(logId.slice(-4)) === world.poison,
    now: () => sim.now,
    passUntil: sim.passUntil,
    timeoutMs: webhookSettings.timeoutSeconds * 1_000,
    onRequest: (logIds) => {
      const asked = messages.filter(({ attributes: a }) => logIds.includes(a.log_id ?? ''));
      sim.probes.onRequest(process, mayBeLast(asked, known, sim.now));
    },
    onArrival: ({ logId, answered }) => {
      const { pausedAt } = sim.promised;
      if (pausedAt !== undefined && pausedAt < process.startedAt)
        sim.promised.fail('P6', `${logId.slice(-4)} arrives, though deliveries are paused`);
      const held = messages.filter(({ attributes: a }) => a.log_id === logId);
      const places = new Set(held.map(({ attributes: a }) => placeOf(a.batch ?? '', a.ordinal ?? '')));
      // Of a lost or restored table, or read again and both in this invocation: no telling which of
      // them it is.
      const ledger = sim.table.items.get('state')?.ledger?.S;
      const newest = Number(sim.table.items.get('state')?.seq?.N ?? 0);
      const isTracked = ({ attributes: a }: Message) =>
        a.ledger === ledger && (seqOf(a.batch ?? '') ?? 0) <= newest;
      const isKnown = places.size === 1 && held.every(isTracked);
      sim.promised.onArrival({ process, answered, place: isKnown ? [...places][0] : undefined }, logId);
    },
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
    pauses: sim.world.script.includes('pause-deliveries') ? pausesOf(sim, process) : NEVER_PAUSED,
    secretId: 'secret',
    webhook: 'simulated',
    caller: () => ({ client, requestLimit: sim.requestLimit }),
    ledger: ledgerOf(sim, process),
    endpoints: createEndpointStore(tableOf(sim, process)),
    queue: createRecordQueue(queueClient(sim.queues, process), QUEUE_URLS.main, QUEUE_URLS.dead),
    tell: logOf(sim, process),
    now: () => sim.now,
    random: () => 0.5,
    sleep: sleeper(sim, process),
    concurrentCalls: world.reserved * world.sideBySide,
    sideBySide: world.sideBySide,
    retryWindowSeconds: DEFAULT_RETRY_WINDOW_SECONDS,
    remainingMs: () => process.startedAt + DELIVERER_TIMEOUT_SECONDS * 1_000 - sim.now,
  };
}
