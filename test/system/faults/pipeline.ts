import { setTimeout as sleep } from 'node:timers/promises';
import { localOperations, type Outstanding, outstanding } from '../../../local/run/operations.ts';
import type { LogSource } from '../../../local/stand-ins/tenant/log-source.ts';
import type { Tenant } from '../../../local/stand-ins/tenant/tenant.ts';
import { type SetSettings, settingsOf, type Values } from './faulty-settings.ts';
import { killProcessesWith } from './function-processes.ts';
import { type Ends, startOutside } from './outside-services.ts';
import { runFunctions, type Ways } from './running-functions.ts';
import type { TcpProxy } from './tcp-proxy.ts';
import type { Webhook } from './webhook.ts';

const BETWEEN_LOOKS_MS = 100;

export interface PipelineOptions {
  readonly source: LogSource;
  /** Invocations of the delivery function at a time. */
  readonly concurrency: number;
  readonly webhookSettings?: Values;
  /** `onTestFinished` of the concurrent test. */
  readonly onTestFinished: (end: () => Promise<void>) => void;
}

/**
 * The deployed bundles on embedded services, with a proxy on each way between them. It polls until
 * the test ends.
 */
export interface FaultyPipeline {
  readonly tenant: Tenant;
  readonly webhook: Webhook;
  readonly poller: Ways;
  readonly deliverer: Ways;
  /** The proxy between the queue and the event source mapping. */
  readonly receives: TcpProxy;
  /** Every line that the functions printed. */
  readonly lines: readonly string[];
  /** Writes settings; undefined means the good ones again. */
  readonly setSettings: SetSettings;
  /**
   * Kills all processes of the function with -9.
   * @returns how many there were
   */
  kill(of: 'poller' | 'deliverer'): Promise<number>;
  standing(): Promise<Outstanding>;
  /** Resolves when all is read and nothing is pending or queued. Rejects after so many seconds. */
  rest(withinSeconds: number): Promise<Outstanding>;
}

export async function startFaultyPipeline(options: PipelineOptions): Promise<FaultyPipeline> {
  const ends: Ends = [];
  options.onTestFinished(async () => {
    for (const end of ends.toReversed()) await end();
  });
  const outside = await startOutside(options.source, ends);
  const { pipeline, queues, dynamodb, tenant, webhook, poller, deliverer, receives } = outside;
  const setSettings = settingsOf(outside, options.webhookSettings);
  await setSettings('auth0');
  await setSettings('webhook');
  const lines: string[] = [];
  runFunctions(outside, options.concurrency, lines, ends);

  const operations = localOperations({
    dynamodb: dynamodb.url,
    sqs: queues.url,
    tableName: pipeline.table.name,
    queueUrl: queues.urlOf(pipeline.mapping.queue.name),
    deadLetterQueueUrl: queues.urlOf(pipeline.mapping.deadLetterQueue.name),
  });
  return {
    tenant,
    webhook,
    poller,
    deliverer,
    receives,
    lines,
    setSettings,
    standing: () => outstanding(operations),
    kill: (which) => killProcessesWith({ AWS_ENDPOINT_URL_SQS: outside[which].sqs.url }),
    async rest(withinSeconds) {
      const end = Date.now() + withinSeconds * 1_000;
      for (;;) {
        const now = await outstanding(operations);
        const isRead = now.cursor === tenant.entries().at(-1)?.log_id;
        if (isRead && now.pending === 0 && now.queued === 0) return now;
        if (Date.now() > end)
          throw new Error(`not at rest: ${JSON.stringify(now)}\n${lines.slice(-20).join('\n')}`);
        await sleep(BETWEEN_LOOKS_MS);
      }
    },
  };
}
