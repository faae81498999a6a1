import type { Attempt } from '../../lambdas/deliverer/attempt-line.ts';
import { deliver } from '../../lambdas/deliverer/deliver.ts';
import type { DeliverDeps } from '../../lambdas/deliverer/deliver-deps.ts';
import type { Outcome } from '../../lambdas/deliverer/outcome.ts';
import type { DeadLetterCause } from '../../lambdas/deliverer/record-queue.ts';
import type { DeliveryRecord } from '../../lambdas/deliverer/records.ts';
import type { WebhookMessage } from '../../lambdas/shared/queue/webhook-message.ts';
import { T0 } from './log-event.ts';
import { type MemoryEndpoint, memoryEndpoint } from './memory-endpoint.ts';
import { type MemoryLedger, memoryLedger } from './memory-ledger.ts';
import { keptLog } from './told.ts';

/** The delivery algorithm and everything that it touches, in memory. */
export interface DeliverWorld {
  readonly endpoints: MemoryEndpoint;
  readonly ledger: MemoryLedger;
  readonly told: ReturnType<typeof keptLog>;
  /** Ids of the events that were attempted, in order. */
  readonly attempted: string[];
  readonly lines: Attempt[];
  /** The requests, with their events in order. */
  readonly requests: { readonly webhookId: string; readonly events: readonly string[] }[];
  readonly deadLettered: { readonly logId: string; readonly why: DeadLetterCause }[];
  /** Seconds by which each message was hidden, by its event's id. */
  readonly postponed: Map<string, number>;
  now: number;
  /**
   * Decides what the webhook answers to a request. `events` are the ids, separated by spaces;
   * without an answer it is 200.
   */
  answer: (events: string) => Outcome | undefined | Promise<Outcome>;
  deps(): DeliverDeps;
  /**
   * Opens a batch of `count` events and gives the message of each. `resource` decides by ordinal.
   */
  open(name: string, count: number, resource?: (ordinal: number) => string): Promise<DeliveryRecord[]>;
  /**
   * Makes one invocation.
   * @returns ids of the events that return to the queue
   */
  deliver(records: readonly DeliveryRecord[], overrides?: Partial<DeliverDeps>): Promise<string[]>;
  /** Ordinals of a batch that are still pending. */
  pending(record: DeliveryRecord | undefined): Promise<number[] | undefined>;
}

export const FAILED: Outcome = { kind: 'retry', reason: 'status', status: 500 };
const DELIVERED: Outcome = { kind: 'delivered', status: 200 };

export function deliverWorld(): DeliverWorld {
  const world: DeliverWorld = {
    endpoints: memoryEndpoint(),
    ledger: memoryLedger(),
    told: keptLog(),
    attempted: [],
    lines: [],
    requests: [],
    deadLettered: [],
    postponed: new Map(),
    now: T0,
    answer: () => undefined,
    deps: () => depsOf(world),
    async open(name, count, resource = (ordinal) => `users/${ordinal}`) {
      const { ledger } = world;
      const state = (await ledger.readState()) ?? (await ledger.createState('ledger-1', '100'));
      if (!state) throw new Error('no state');
      const ordinals = Array.from({ length: count }, (_, ordinal) => ordinal);
      const from = state.cursor;
      const to = String(Number(from) + 100);
      const at = { openedAt: T0, oldestAt: T0 };
      const batch = await ledger.putBatch({
        from,
        to,
        seq: state.seq + 1,
        ...at,
        pending: new Set(ordinals),
      });
      const ids = ordinals.map((ordinal) => `${name}${ordinal}`);
      await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });
      await ledger.markEnqueued({ id: batch, round: 0 });
      return ids.map((logId, ordinal) =>
        recordOf({ ledger: 'ledger-1', batch, ordinal, logId, resource: resource(ordinal), body: '{}' }),
      );
    },
    async deliver(records, overrides = {}) {
      const { returned } = await deliver(records, { ...world.deps(), ...overrides });
      return returned.map(({ message }) => message.logId);
    },
    async pending(record) {
      const batch = record && (await world.ledger.readBatch(record.message.batch));
      return batch && [...batch.pending];
    },
  };
  return world;
}

export function recordOf(message: WebhookMessage): DeliveryRecord {
  return {
    messageId: `m-${message.logId}`,
    receiptHandle: `r-${message.logId}`,
    group: message.resource,
    sentAt: T0,
    receiveCount: 1,
    message,
  };
}

function depsOf(world: DeliverWorld): DeliverDeps {
  return {
    ledger: world.ledger,
    circumstances: async () => ({
      state: await world.ledger.readState(),
      pauses: {},
      endpoint: await world.endpoints.read(),
    }),
    queue: {
      async deadLetter({ message }, why) {
        world.deadLettered.push({ logId: message.logId, why });
      },
      async hide(changes) {
        for (const { record, seconds } of changes) world.postponed.set(record.message.logId, seconds);
        return [];
      },
    },
    sendAsBatch: false,
    async attempt(webhookId, messages) {
      const events = messages.map(({ logId }) => logId);
      world.requests.push({ webhookId, events });
      world.attempted.push(...events);
      return (await world.answer(events.join(' '))) ?? DELIVERED;
    },
    tellAttempt: (attempt) => world.lines.push(attempt),
    tell: world.told.tell,
    now: () => world.now,
    random: () => 0,
    later: (work) => work(),
    sleep: async (ms) => {
      world.now += ms;
    },
    remainingMs: () => 0, // whatever fails is not waited for
    leftToStartMs: () => 60_000,
    endpoint: { id: 'endpoint-1', store: world.endpoints },
    concurrentCalls: 4,
    mostPerSecond: 0,
    requestLimit: { bytes: Number.POSITIVE_INFINITY },
    sideBySide: 2,
    retryWindowSeconds: 3_600,
  };
}
