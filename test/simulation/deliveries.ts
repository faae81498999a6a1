import { type InvocationDeps, runInvocation } from '../../lambdas/deliverer/invocation.ts';
import { VISIBILITY_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import type { LogFields } from '../../lambdas/shared/logger.ts';
import { acknowledge, checkPostponed } from './after-delivery.ts';
import { Backoff } from './backoff.ts';
import { isBeside } from './beside.ts';
import { deliveryDeps } from './delivery-deps.ts';
import type { Message } from './fifo-queue.ts';
import { checkReleased, checkStoodBack, mostInvocations } from './leases.ts';
import { endOverdue, isDelivery } from './overdue.ts';
import type { Process } from './process.ts';
import { start } from './processes.ts';
import type { Known } from './retry-windows.ts';
import type { Simulation } from './simulation.ts';
import { toRecord } from './sqs-record.ts';
import { noteDeath } from './watched-queues.ts';

/**
 * Starts an invocation of the delivery function with what SQS hands to it. Undefined when there is
 * nothing, or no room for it.
 */
export async function startDelivery(sim: Simulation, name: string): Promise<Process | undefined> {
  endOverdue(sim);
  const running = sim.processes.filter((other) => !other.isOver && isDelivery(other));
  if (running.length >= mostInvocations(sim.world)) return undefined;
  moveWornOut(sim);
  const messages = sim.queues.main.receive(sim.world.records ?? 10, VISIBILITY_TIMEOUT_SECONDS * 1_000);
  if (messages.length === 0) return undefined;
  const known = sim.windows.begin(messages);
  const process = await start(sim, name, (own) => invoke(sim, own, messages, known));
  sim.say(() => `   with ${messages.map(({ attributes }) => attributes.log_id?.slice(-4)).join(' ')}`);
  return process;
}

/** Moves what was received too often to the dead-letter queue, as SQS itself does. */
function moveWornOut({ queues: { main, dead }, world, promised, beside, now }: Simulation): void {
  for (const message of main.messages.filter(({ visibleAt }) => visibleAt <= now)) {
    if (message.receiveCount < (world.maxReceiveCount ?? 1_000)) continue;
    main.messages.splice(main.messages.indexOf(message), 1);
    dead.add({ ...message, sentAt: now });
    noteDeath(message.attributes, promised, beside);
    promised.movedBySqs ||= !isBeside(message.attributes);
  }
}

async function invoke(
  sim: Simulation,
  process: Process,
  messages: readonly Message[],
  known: Known,
): Promise<void> {
  const receivedAt = sim.now;
  // The records are made now, as another invocation may get a message when this one takes too long.
  const records = messages.map(toRecord);
  sim.probes.begin(process);
  const attempts: LogFields[] = [];
  const backoff = new Backoff();
  let stoodBack = false;
  const { tell, ...deps } = deliveryDeps(sim, process, messages, known);
  const watched: InvocationDeps = {
    ...deps,
    tell(level, event, fields = {}, embedded) {
      if (event === 'delivery.attempted') attempts.push(fields);
      backoff.onTold(event, fields);
      if (event === 'delivery.beside') {
        stoodBack = true;
        checkStoodBack(sim, process);
      }
      tell(level, event, fields, embedded);
    },
  };
  const end = await runInvocation({ Records: records }, watched).catch((error: unknown) => ({ error }));
  const error = 'error' in end ? end.error : undefined;
  checkReleased(sim, process);
  const early = backoff.fault({ process, messages, error, now: sim.now });
  if (early !== undefined) sim.promised.fail('P6', early);
  const returned = 'error' in end ? stillThere(sim, messages) : new Set(idsOf(end.batchItemFailures));
  checkPostponed(sim, process, receivedAt, messages, returned);
  sim.probes.end(process, attempts);
  if ('error' in end) throw error;
  const isHindered = sim.webhook === 'hang' || stoodBack;
  const invocation = { process, messages, known, returned, attempts, now: sim.now, isHindered };
  sim.windows.check(invocation);
  if (sim.promised.pausedAt === undefined) sim.windows.checkHeld(invocation);
  const done = records.filter(({ messageId }) => !returned.has(messageId)).map((r) => r.receiptHandle);
  if (done.length > 0) await acknowledge(sim, process, done);
}

function idsOf(failures: readonly { readonly itemIdentifier: string }[]): readonly string[] {
  return failures.map(({ itemIdentifier }) => itemIdentifier);
}

/**
 * Receipts of messages that still exist. Lambda returns all records of an invocation that throws,
 * but what it had deleted is gone.
 */
function stillThere({ queues }: Simulation, messages: readonly Message[]): ReadonlySet<string> {
  return new Set(messages.filter((message) => queues.main.messages.includes(message)).map(({ id }) => id));
}
