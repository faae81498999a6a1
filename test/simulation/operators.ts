import { DeleteMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { VISIBILITY_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import { type Batch, parseBatch } from '../../lambdas/shared/ledger/items.ts';
import type { Process } from './process.ts';
import { ledgerOf, start } from './processes.ts';
import { QUEUE_URLS, queueClient } from './queue-client.ts';
import type { Simulation } from './simulation.ts';

const VISIBILITY_MS = VISIBILITY_TIMEOUT_SECONDS * 1_000;

/** Every dead-lettered event goes back to the queue: send, then delete; deduplicated by the moved message's own id. */
export function startRedrive(sim: Simulation, name: string): Promise<Process> {
  return start(sim, name, async (process) => {
    const client = queueClient(sim.queues, process);
    for (const message of sim.queues.dead.receive(10, VISIBILITY_MS)) {
      const attributes = Object.entries(message.attributes).map(([key, StringValue]) => [
        key,
        { DataType: 'String', StringValue },
      ]);
      await client.send(
        new SendMessageCommand({
          QueueUrl: QUEUE_URLS.main,
          MessageBody: message.body,
          MessageGroupId: message.group,
          MessageDeduplicationId: message.id,
          MessageAttributes: Object.fromEntries(attributes),
        }),
      );
      await client.send(
        new DeleteMessageCommand({ QueueUrl: QUEUE_URLS.dead, ReceiptHandle: message.receipt }),
      );
    }
  });
}

/** Gives up every dead-lettered event: in the ledger first, then its message. */
export function startDismiss(sim: Simulation, name: string): Promise<Process> {
  return start(sim, name, async (process) => {
    const client = queueClient(sim.queues, process);
    for (const { attributes, receipt } of sim.queues.dead.receive(10, VISIBILITY_MS)) {
      await dismiss(
        sim,
        process,
        attributes.batch ?? '',
        [Number(attributes.ordinal)],
        [attributes.log_id ?? ''],
      );
      await client.send(new DeleteMessageCommand({ QueueUrl: QUEUE_URLS.dead, ReceiptHandle: receipt }));
    }
  });
}

/** Gives up the events that could be neither sent nor read again. */
export function startDismissUnreadable(sim: Simulation, name: string): Promise<Process> {
  return start(sim, name, async (process) => {
    for (const batch of await ledgerOf(sim, process).openBatches()) {
      const ordinals = unreadable(sim, batch);
      const ids = sim.promised.idsOf(batch.id);
      if (ordinals.length > 0)
        await dismiss(
          sim,
          process,
          batch.id,
          ordinals,
          ordinals.map((ordinal) => ids[ordinal] ?? ''),
        );
    }
  });
}

export function hasUnreadable(sim: Simulation): boolean {
  return sim.table.startingWith('batch#').some((item) => unreadable(sim, parseBatch(item)).length > 0);
}

/** Pending, not to be read again, and without a message: one that was sent before still arrives. */
function unreadable(sim: Simulation, batch: Batch): readonly number[] {
  const { main, dead } = sim.queues;
  const waiting = new Set([...main.messages, ...dead.messages].map(({ attributes }) => attributes.log_id));
  const ids = sim.promised.idsOf(batch.id);
  return [...batch.unreadable].filter((ordinal) => batch.pending.has(ordinal) && !waiting.has(ids[ordinal]));
}

async function dismiss(
  sim: Simulation,
  process: Process,
  batch: string,
  ordinals: readonly number[],
  logIds: readonly string[],
): Promise<void> {
  const ledger = ledgerOf(sim, process);
  for (const logId of logIds) sim.promised.dismissed.add(logId);
  const outcomes = { delivered: new Set(ordinals), failed: new Map(), deadLettered: new Set<number>() };
  if (await ledger.record(batch, outcomes)) await ledger.removeIfDelivered(batch);
}

/** The cursor goes back to before the event of that number. */
export function startRewind(sim: Simulation, name: string, number: number): Promise<Process> {
  return start(sim, name, async (process) => {
    const ledger = ledgerOf(sim, process);
    const state = await ledger.readState();
    const cursor = sim.log.entries[number - 1]?.id;
    if (state && cursor !== undefined && cursor < state.cursor)
      await ledger.claim(state, { cursor, last: state.last });
  });
}
