import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DelivererEnv, PollerEnv } from '../../../lambdas/shared/contract.ts';
import { hostFunction } from '../../../local/host/function.ts';
import { startEventSourceMapping } from '../../../local/queue/event-source-mapping.ts';
import { localOperations, type Outstanding, outstanding } from '../../../local/run/operations.ts';
import { startDynamoDb } from '../../../local/services/dynamodb.ts';
import { clientOf, LOCAL_REGION } from '../../../local/services/identity.ts';
import { startSecrets } from '../../../local/services/secrets.ts';
import { startQueues } from '../../../local/sqs/queues.ts';
import type { LogSource } from '../../../local/stand-ins/tenant/log-source.ts';
import { startTenant, type Tenant } from '../../../local/stand-ins/tenant/tenant.ts';
import { readPipeline } from '../../../local/template/pipeline.ts';
import type { FunctionDefinition } from '../../../local/template/resources.ts';
import { synthesised } from '../../../local/template/synthesised.ts';
import { SIGNING_SECRET } from '../local-run.ts';
import { killProcessesWith } from './function-processes.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';
import { startWebhook, type Webhook } from './webhook.ts';

/**
 * Deployed, an invocation has 90 s and its messages are hidden for 540 s: who is killed is waited for that long. Here the
 * same in short; 14 s are the 10 s of reserve, the attempt's time-out and some attempts.
 */
const FUNCTION_SECONDS = 14;
const VISIBILITY_SECONDS = 15;
const BETWEEN_POLLS_MS = 500;
const BETWEEN_LOOKS_MS = 100;

type Values = Readonly<Record<string, string>>;

export interface PipelineOptions {
  readonly source: LogSource;
  /** Invocations of the delivery function at a time. */
  readonly concurrency: number;
  readonly webhookSettings?: Values;
  /** The concurrent test's own. */
  readonly onTestFinished: (end: () => Promise<void>) => void;
}

interface Services {
  readonly sqs: TcpProxy;
  readonly dynamodb: TcpProxy;
}

/** The deployed bundles on embedded services, with a proxy on each way between them; it polls until the test ends. */
export interface FaultyPipeline {
  readonly tenant: Tenant;
  readonly webhook: Webhook;
  readonly poller: Services;
  readonly deliverer: Services;
  /** Between the queue and the event source mapping. */
  readonly receives: TcpProxy;
  /** Every line that the functions printed. */
  readonly lines: readonly string[];
  /** By PutSecretValue's own way; undefined: the good ones again. */
  setSettings(of: 'auth0' | 'webhook', values?: Values): Promise<void>;
  /** kill -9 of all processes of the function; gives how many there were. */
  kill(of: 'poller' | 'deliverer'): Promise<number>;
  standing(): Promise<Outstanding>;
  /** Resolves when all is read and nothing is pending or queued; rejects after so many seconds. */
  settled(withinSeconds: number): Promise<Outstanding>;
}

export async function startFaultyPipeline(options: PipelineOptions): Promise<FaultyPipeline> {
  const { source, concurrency, onTestFinished } = options;
  const root = await mkdtemp(join(tmpdir(), 'faults-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(root, { recursive: true, force: true })];
  onTestFinished(async () => {
    for (const end of ends.toReversed()) await end();
  });

  const assembly = await synthesised({ concurrentCalls: undefined });
  const queues = await startQueues(join(root, 'queues'));
  const { table, secrets, mapping, ...functions } = readPipeline(assembly, queues.urlOf);
  for (const { name, attributes } of [mapping.deadLetterQueue, mapping.queue])
    queues.createQueue(name, { ...attributes, VisibilityTimeout: String(VISIBILITY_SECONDS) });
  const dynamodb = await startDynamoDb(join(root, 'dynamodb'), [table]);
  const secretsManager = await startSecrets(join(root, 'secrets.json'));
  const tenant = await startTenant({ directory: join(root, 'tenant'), history: 0, source });
  const webhook = await startWebhook();
  for (const { close } of [queues, dynamodb, secretsManager, webhook]) ends.push(close);
  ends.push(tenant.stop);

  const proxy = async (target: string) => {
    const made = await tcpProxy(target);
    ends.push(made.close);
    return made;
  };
  const services = async () => ({ sqs: await proxy(queues.url), dynamodb: await proxy(dynamodb.url) });
  const of = { poller: await services(), deliverer: await services() };
  const receives = await proxy(queues.url);

  const goodSettings = {
    auth0: {
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: tenant.clientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      START_FROM: 'earliest',
    },
    webhook: {
      WEBHOOK_URL: webhook.url,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
      WEBHOOK_TIMEOUT_SECONDS: '1',
      ...options.webhookSettings,
    },
  };
  const secretIds = {
    auth0: functions.poller.environment[PollerEnv.secretId],
    webhook: functions.deliverer.environment[DelivererEnv.secretId],
  };
  const secretNameOf = (id: string | undefined) => {
    const found = secrets.find(({ arn, name }) => id === arn || id === name);
    if (!found) throw new Error(`the template has no secret ${id}`);
    return found.name;
  };
  const setSettings: FaultyPipeline['setSettings'] = (which, values = goodSettings[which]) =>
    secretsManager.put(secretNameOf(secretIds[which]), JSON.stringify(values));
  await setSettings('auth0');
  await setSettings('webhook');

  const lines: string[] = [];
  const host = (definition: FunctionDefinition, { sqs, dynamodb: table }: Services) => {
    const hosted = hostFunction(definition, {
      variables: {
        AWS_ENDPOINT_URL_SQS: sqs.url,
        AWS_ENDPOINT_URL_DYNAMODB: table.url,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
        NODE_EXTRA_CA_CERTS: tenant.caFile,
      },
      onLine: (line) => lines.push(line),
    });
    ends.push(hosted.close);
    return hosted;
  };
  const poller = host(functions.poller, of.poller);
  const deliverer = host(
    { ...functions.deliverer, timeoutSeconds: FUNCTION_SECONDS, reservedConcurrency: concurrency },
    of.deliverer,
  );
  const mappingClient = new SQSClient(clientOf(receives.url));
  ends.push(async () => mappingClient.destroy());
  const mapped = startEventSourceMapping({
    client: mappingClient,
    queueUrl: queues.urlOf(mapping.queue.name),
    queueArn: mapping.queue.arn,
    region: LOCAL_REGION,
    batchSize: mapping.batchSize,
    maximumConcurrency: concurrency,
    reportsBatchItemFailures: mapping.reportsBatchItemFailures,
    visibilitySeconds: VISIBILITY_SECONDS,
    invoke: deliverer.invoke,
    onProblem: (problem) => lines.push(problem),
  });

  const polling = new AbortController();
  const polls = pollUntil(polling.signal, async () => void (await poller.invoke('{}')));
  ends.push(async () => {
    polling.abort();
    await Promise.all([deliverer.close(), poller.close()]); // what is in flight is of no interest any more
    await Promise.all([mapped.stop(), polls]);
  });

  const operations = localOperations({
    dynamodb: dynamodb.url,
    sqs: queues.url,
    tableName: table.name,
    queueUrl: queues.urlOf(mapping.queue.name),
    deadLetterQueueUrl: queues.urlOf(mapping.deadLetterQueue.name),
  });
  return {
    tenant,
    webhook,
    ...of,
    receives,
    lines,
    setSettings,
    standing: () => outstanding(operations),
    kill: (which) => killProcessesWith({ AWS_ENDPOINT_URL_SQS: of[which].sqs.url }),
    async settled(withinSeconds) {
      const end = Date.now() + withinSeconds * 1_000;
      for (;;) {
        const now = await outstanding(operations);
        const isRead = now.cursor === tenant.entries().at(-1)?.log_id;
        if (isRead && now.pending === 0 && now.queued === 0) return now;
        if (Date.now() > end)
          throw new Error(`not settled: ${JSON.stringify(now)}\n${lines.slice(-20).join('\n')}`);
        await sleep(BETWEEN_LOOKS_MS);
      }
    },
  };
}

async function pollUntil(stop: AbortSignal, poll: () => Promise<void>): Promise<void> {
  while (!stop.aborted) {
    await poll();
    await sleep(BETWEEN_POLLS_MS, undefined, { signal: stop }).catch(() => {});
  }
}
