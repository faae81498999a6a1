import type { SQSRecord } from 'aws-lambda';
import { readCircumstances } from '../../lambdas/deliverer/circumstances.ts';
import { createEndpointStore } from '../../lambdas/deliverer/endpoint/store.ts';
import { type Caller, type InvocationDeps, runInvocation } from '../../lambdas/deliverer/invocation.ts';
import { keepSettings } from '../../lambdas/deliverer/kept-settings.ts';
import { createRecordQueue } from '../../lambdas/deliverer/record-queue.ts';
import { createSettingsCheck } from '../../lambdas/deliverer/settings-check.ts';
import { signedHeaders } from '../../lambdas/deliverer/signature.ts';
import { DELIVERER_TIMEOUT_SECONDS, RECORDS_PER_INVOCATION } from '../../lambdas/shared/contract.ts';
import { createLedger } from '../../lambdas/shared/ledger/ledger.ts';
import { createPauseSwitch } from '../../lambdas/shared/ledger/pause.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import { settingsSource } from '../../lambdas/shared/settings/settings-source.ts';
import {
  parseWebhookSettings,
  type WebhookSettings,
} from '../../lambdas/shared/settings/webhook-settings.ts';
import { chunks, DEAD_LETTER_URL, QUEUE_URL } from './free-sqs.ts';
import { countedLog, freeSecret, invoked, type Parts } from './parts.ts';

/** SQS's longest long poll. */
const WAIT_MS = 20_000;

/** What moves events from the queue to the webhook. */
export interface Delivering {
  /** Events that were delivered so far. */
  delivered(): number;
  stop(): void;
}

/**
 * Starts the event source mapping. Each of its receiving loops has a delivery function of its own.
 */
export function startMapping(parts: Parts): Delivering {
  const { options, queue, counts, concurrency } = parts;
  let delivered = 0;
  let isStopped = false;
  const invoke = (handler: Handler, records: readonly SQSRecord[]) =>
    invoked(parts, 'deliverer', () => handler(records));

  async function work(): Promise<void> {
    const handler = createDeliverer(parts, () => delivered++);
    while (!isStopped) {
      const records = await queue.receive(options.mostPerReceive ?? RECORDS_PER_INVOCATION, WAIT_MS);
      counts.add(records.length > 0 ? 'sqs.receive' : 'sqs.emptyReceive', chunks(sizeOf(records)));
      if (records.length === 0) continue;
      const returned = new Set(await invoke(handler, records));
      const done = records.filter(({ messageId }) => !returned.has(messageId));
      if (done.length > 0) counts.add('sqs.delete');
      if (done.length > 0 && options.latencies.sqsMs > 0) await options.clock.sleep(options.latencies.sqsMs);
      for (const { receiptHandle } of done) queue.delete(receiptHandle);
    }
  }
  for (let n = 0; n < concurrency.reserved; n++) void work();
  return {
    delivered: () => delivered,
    stop() {
      isStopped = true;
    },
  };
}

function sizeOf(records: readonly SQSRecord[]): number {
  return records.reduce((sum, { body }) => sum + Buffer.byteLength(body) + 400, 0);
}

type Handler = (records: readonly SQSRecord[]) => Promise<readonly string[]>;

/** Makes the delivery function's handler on free services. */
function createDeliverer(parts: Parts, onDelivered: () => void): Handler {
  const { options, table, sqs, concurrency } = parts;
  const { clock } = options;
  const stateTable = createTable(table, 'table');
  const secret = freeSecret(parts, 'deliverer', {
    WEBHOOK_URL: 'https://webhook.example/hooks/auth0',
    WEBHOOK_SIGNING_SECRET: Buffer.alloc(48, 1).toString('base64'),
  });
  let caller: Caller | undefined;
  const now = () => clock.now;
  const check = createSettingsCheck({ table: stateTable, now, sleep: clock.sleep });
  const kept = keepSettings((keptMs) =>
    settingsSource(secret, 'secret', parseWebhookSettings, { now, keptMs, check }),
  );
  const deps: Omit<InvocationDeps, 'remainingMs'> = {
    settings: kept.settings,
    secretId: 'secret',
    webhook: 'auth0-webhooks',
    caller: (settings) => {
      caller ??= callerOf(parts, settings, onDelivered);
      return caller;
    },
    circumstances: () => readCircumstances(stateTable),
    pauses: createPauseSwitch(stateTable),
    ledger: createLedger(stateTable, () => crypto.randomUUID()),
    endpoints: createEndpointStore(stateTable),
    queue: createRecordQueue(sqs, QUEUE_URL, DEAD_LETTER_URL),
    tell: countedLog(parts, 'delivery'),
    now,
    random: Math.random,
    sleep: clock.sleep,
    later: (work) => clock.at(clock.now + 1, work),
    concurrentCalls: options.concurrentCalls,
    sideBySide: concurrency.sideBySide,
    retryWindowSeconds: 4 * 86_400,
  };
  return async (records) => {
    const endsAt = clock.now + DELIVERER_TIMEOUT_SECONDS * 1_000;
    const event = { Records: [...records] };
    const remainingMs = () => endsAt - clock.now;
    const answer = await kept.during(() => runInvocation(event, { ...deps, remainingMs }));
    return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
}

/**
 * Makes a caller that signs as the webhook client does. The call itself takes as long as the
 * webhook is said to take.
 */
function callerOf(
  { options, counts }: Parts,
  { signingSecrets }: WebhookSettings,
  onDelivered: () => void,
): Caller {
  const { clock, latencies } = options;
  return {
    requestLimit: { bytes: Number.POSITIVE_INFINITY },
    client: {
      async attempt(webhookId, body) {
        counts.add('webhook.requests');
        signedHeaders(signingSecrets, webhookId, clock.now, body);
        const startedAt = performance.now();
        await clock.sleep(latencies.webhookMs);
        options.onCall?.(webhookId, performance.now() - startedAt);
        if (options.isDown?.()) return { kind: 'retry', reason: 'status', status: 503 };
        onDelivered();
        return { kind: 'delivered', status: 200 };
      },
    },
  };
}
