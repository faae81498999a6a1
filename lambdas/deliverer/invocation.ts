import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { RECORD_RESERVE_SECONDS } from '../shared/contract.ts';
import type { PauseSwitch } from '../shared/ledger/pause.ts';
import { errorName, type Tell } from '../shared/logger.ts';
import type { Parsed } from '../shared/settings/setting.ts';
import { tellFaults, tellOddities } from '../shared/settings/tell-faults.ts';
import type { WebhookSettings } from '../shared/settings/webhook-settings.ts';
import { type AttemptTeller, createAttemptTeller } from './attempt-teller.ts';
import { type Delivered, deliver, open } from './deliver.ts';
import { deliverAlone } from './deliver-alone.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import { DeliveryFaultError, NOT_STARTED, recordsOf, UNRECORDED } from './delivery-fault.ts';
import { endpointId } from './endpoint/id.ts';
import type { EndpointStore } from './endpoint/store.ts';
import { deadLetterForeign } from './foreign.ts';
import { holdPaused } from './hold-paused.ts';
import type { Lease } from './lease.ts';
import type { RecordQueue } from './record-queue.ts';
import { type DeliveryRecord, parseRecords } from './records.ts';
import type { RequestLimit } from './request-limit.ts';
import { returnAll } from './return-all.ts';
import type { WebhookClient } from './webhook-client.ts';

export interface InvocationDeps
  extends Pick<
    DeliverDeps,
    | 'ledger'
    | 'circumstances'
    | 'now'
    | 'random'
    | 'sleep'
    | 'later'
    | 'concurrentCalls'
    | 'sideBySide'
    | 'retryWindowSeconds'
  > {
  readonly settings: () => Promise<Parsed<WebhookSettings>>;
  readonly pauses: Pick<PauseSwitch, 'read'>;
  readonly secretId: string;
  readonly webhook: string;
  /** Makes the caller; the same one while the settings stay the same. */
  readonly caller: (settings: WebhookSettings) => Caller;
  readonly endpoints: EndpointStore;
  readonly queue: RecordQueue;
  /** The lease of this invocation, where none beside it may call the endpoint. */
  readonly lease?: Lease | undefined;
  readonly tell: Tell;
  readonly remainingMs: () => number;
}

/** What a process keeps for the endpoint: its connections, and how large a request may be. */
export interface Caller {
  readonly client: WebhookClient;
  readonly requestLimit: RequestLimit;
}

/**
 * Runs one invocation. It names the records that return to the queue to Lambda, which deletes the
 * others. It throws when it could not start or an outcome could not be recorded: Lambda counts the
 * error, and an alarm fires. Before it throws it deletes the records that are done, as Lambda would
 * return them all.
 */
export async function runInvocation(event: SQSEvent, deps: InvocationDeps): Promise<SQSBatchResponse> {
  const records = recordsOf(event);
  const { ours, foreign } = parseRecords(records);
  const kept = await deadLetterForeign(foreign, deps);
  const { returned, fault } = await deliverOurs(ours, deps);
  const failures = new Set([...kept, ...returned.map(({ messageId }) => messageId)]);
  if (!fault) return { batchItemFailures: [...failures].map((itemIdentifier) => ({ itemIdentifier })) };
  await removeDone(
    records.filter(({ messageId }) => !failures.has(messageId)),
    deps,
  );
  throw fault;
}

interface Ended {
  readonly returned: readonly DeliveryRecord[];
  readonly fault?: DeliveryFaultError | undefined;
}

async function deliverOurs(records: readonly DeliveryRecord[], deps: InvocationDeps): Promise<Ended> {
  if (records.length === 0) return { returned: [] };
  try {
    const parsed = await deps.settings();
    const teller = createAttemptTeller(deps.tell, deps.webhook);
    const deliverDeps = 'settings' in parsed ? depsFor(parsed.settings, teller, deps) : undefined;
    // Under a lease only its holder may read, or it would not see what the holder before it
    // recorded.
    const opened = deliverDeps && !deps.lease ? await open(records, deliverDeps) : undefined;
    const { deliveries: paused } = opened?.pauses ?? (await deps.pauses.read());
    if (paused) return endOf(await holdPaused(records, paused, deps));
    tellOddities(deps.tell, deps.secretId, parsed);
    if (!('settings' in parsed)) tellFaults(deps.tell, deps.webhook, deps.secretId, parsed);
    if (!deliverDeps) return { returned: await returnAll(records, deps) };
    const { lease } = deps;
    const ended = lease ? deliverAlone(records, lease, deliverDeps) : deliver(records, deliverDeps, opened);
    return endOf(await ended.finally(teller.measured));
  } catch (error) {
    // Secrets Manager or DynamoDB did not answer. Nothing was attempted.
    deps.tell('error', 'delivery.not-started', { error: errorName(error), records: records.length });
    return { returned: await returnAll(records, deps), fault: new DeliveryFaultError(NOT_STARTED) };
  }
}

function endOf({ returned, isRecorded }: Delivered): Ended {
  return { returned, fault: isRecorded ? undefined : new DeliveryFaultError(UNRECORDED) };
}

function depsFor(settings: WebhookSettings, teller: AttemptTeller, deps: InvocationDeps): DeliverDeps {
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
    tellAttempt: teller.attempted,
    leftToStartMs: () => deps.remainingMs() - (settings.timeoutSeconds + RECORD_RESERVE_SECONDS) * 1_000,
  };
}

/**
 * Deletes records that are done. One that stays comes back after nine minutes, and is done then.
 */
async function removeDone(records: readonly SQSRecord[], { queue, tell }: InvocationDeps): Promise<void> {
  if (records.length === 0) return;
  try {
    await queue.remove(records.map(({ receiptHandle }) => receiptHandle));
  } catch (error) {
    tell('warn', 'delete.failed', { error: errorName(error), records: records.length });
  }
}
