import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { RECORD_RESERVE_SECONDS } from '../shared/contract.ts';
import type { PauseSwitch } from '../shared/ledger/pause.ts';
import { errorName, type Log } from '../shared/logger.ts';
import { metrics } from '../shared/metrics.ts';
import type { Parsed } from '../shared/settings/setting.ts';
import { tellFaults, tellOddities } from '../shared/settings/tell-faults.ts';
import type { WebhookSettings } from '../shared/settings/webhook-settings.ts';
import { type Attempt, attemptLine } from './attempt-line.ts';
import { deliver } from './deliver.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import { endpointId } from './endpoint/id.ts';
import type { EndpointStore } from './endpoint/store.ts';
import { giveBack } from './give-back.ts';
import { holdPaused } from './hold-paused.ts';
import type { RecordQueue } from './record-queue.ts';
import { type DeliveryRecord, parseRecords } from './records.ts';
import type { RequestLimit } from './request-limit.ts';
import { notStartedDelay } from './retry-policy.ts';
import type { WebhookClient } from './webhook-client.ts';

export interface InvocationDeps
  extends Pick<
    DeliverDeps,
    'ledger' | 'now' | 'random' | 'sleep' | 'concurrentCalls' | 'sideBySide' | 'retryWindowSeconds'
  > {
  readonly settings: () => Promise<Parsed<WebhookSettings>>;
  readonly pauses: Pick<PauseSwitch, 'read'>;
  readonly secretId: string;
  readonly webhook: string;
  /** Kept while the settings stay the same. */
  readonly caller: (settings: WebhookSettings) => Caller;
  readonly endpoints: EndpointStore;
  readonly queue: RecordQueue;
  readonly tell: Log;
  readonly remainingMs: () => number;
}

/** What a process keeps of the endpoint: its connections, and how large a request may be. */
export interface Caller {
  readonly client: WebhookClient;
  readonly requestLimit: RequestLimit;
}

/** One invocation: the records that return to the queue are named to Lambda, which deletes the others. */
export async function runInvocation({ Records }: SQSEvent, deps: InvocationDeps): Promise<SQSBatchResponse> {
  const { ours, foreign } = parseRecords(Records);
  const kept = await deadLetterForeign(foreign, deps);
  const returned = await deliverOurs(ours, deps);
  const failures = [...kept, ...returned.map(({ messageId }) => messageId)];
  return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function deliverOurs(
  records: readonly DeliveryRecord[],
  deps: InvocationDeps,
): Promise<readonly DeliveryRecord[]> {
  if (records.length === 0) return [];
  try {
    const [parsed, { deliveries: paused }] = await Promise.all([deps.settings(), deps.pauses.read()]);
    if (paused) return await holdPaused(records, paused, deps);
    tellOddities(deps.tell, deps.secretId, parsed);
    if ('settings' in parsed) return await deliver(records, depsFor(parsed.settings, deps));
    tellFaults(deps.tell, deps.webhook, deps.secretId, parsed);
  } catch (error) {
    // Secrets Manager or DynamoDB did not answer, and nothing was attempted.
    deps.tell('error', 'delivery.not-started', { error: errorName(error), records: records.length });
  }
  return await returnAll(records, deps);
}

function depsFor(settings: WebhookSettings, deps: InvocationDeps): DeliverDeps {
  const { tell, webhook } = deps;
  const { client, requestLimit } = deps.caller(settings);
  return {
    ...deps,
    sendAsBatch: settings.sendAsBatch,
    requestLimit,
    mostPerSecond: settings.mostPerSecond,
    endpoint: { id: endpointId(settings.url), store: deps.endpoints },
    attempt(webhookId, messages) {
      const bodies = messages.map(({ body }) => body).join(',');
      return client.attempt(webhookId, settings.sendAsBatch ? `[${bodies}]` : bodies);
    },
    tellAttempt(attempt: Attempt) {
      const { fields, values } = attemptLine(attempt);
      const level = attempt.outcome.kind === 'delivered' ? 'info' : 'warn';
      tell(level, 'delivery.attempted', fields, metrics(webhook, values));
    },
    leftToStartMs: () => deps.remainingMs() - (settings.timeoutSeconds + RECORD_RESERVE_SECONDS) * 1_000,
  };
}

/** Nothing is lost while the settings are wrong or a service is down: everything returns to the queue, later each time. */
async function returnAll(
  records: readonly DeliveryRecord[],
  deps: InvocationDeps,
): Promise<readonly DeliveryRecord[]> {
  const random = deps.random();
  const seconds = notStartedDelay(Math.max(...records.map(({ receiveCount }) => receiveCount)), random);
  const fates = records.map((record) => [record, { kind: 'returned', delaySeconds: seconds }] as const);
  return await giveBack(new Map(fates), deps);
}

/** Gives the ids of those that could not be moved. */
async function deadLetterForeign(
  records: readonly SQSRecord[],
  { queue, tell }: InvocationDeps,
): Promise<readonly string[]> {
  const kept = await Promise.all(
    records.map(async (record) => {
      tell('warn', 'message.foreign', { messageId: record.messageId });
      try {
        await queue.deadLetterForeign(record);
        return [];
      } catch (error) {
        tell('error', 'dead-letter.failed', { messageId: record.messageId, error: errorName(error) });
        return [record.messageId];
      }
    }),
  );
  return kept.flat();
}
