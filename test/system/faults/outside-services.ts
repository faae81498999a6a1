import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTable } from '../../../local/dynamodb/table-service.ts';
import { startSecrets } from '../../../local/services/secrets.ts';
import { startQueues } from '../../../local/sqs/queues.ts';
import type { LogSource } from '../../../local/stand-ins/tenant/log-source.ts';
import { startTenant } from '../../../local/stand-ins/tenant/tenant.ts';
import { readPipeline } from '../../../local/template/pipeline.ts';
import { synthesised } from '../../../local/template/synthesised.ts';
import { tcpProxy } from './tcp-proxy.ts';
import { startWebhook } from './webhook.ts';

/**
 * How long a message is hidden here. When deployed an invocation has 90 s and its messages are
 * hidden for 540 s; a killed one is waited for that long.
 */
export const VISIBILITY_SECONDS = 15;

export type Ends = (() => Promise<unknown>)[];
export type OutsideServices = Awaited<ReturnType<typeof startOutside>>;

/**
 * Everything that the functions talk to: embedded services, a tenant, a webhook, and a proxy on
 * each way.
 */
export async function startOutside(source: LogSource, ends: Ends) {
  const root = await mkdtemp(join(tmpdir(), 'faults-'));
  ends.push(() => rm(root, { recursive: true, force: true }));
  const assembly = await synthesised({ concurrentCalls: undefined });
  const queues = await startQueues(join(root, 'queues'));
  const pipeline = readPipeline(assembly, queues.urlOf);
  for (const { name, attributes } of [pipeline.mapping.deadLetterQueue, pipeline.mapping.queue])
    queues.createQueue(name, { ...attributes, VisibilityTimeout: String(VISIBILITY_SECONDS) });
  const dynamodb = await startTable(join(root, 'dynamodb'), pipeline.table);
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
  const ways = async () => ({ sqs: await proxy(queues.url), dynamodb: await proxy(dynamodb.url) });
  return {
    pipeline,
    queues,
    dynamodb,
    secretsManager,
    tenant,
    webhook,
    poller: await ways(),
    deliverer: await ways(),
    /** The way between the queue and the event source mapping. */
    receives: await proxy(queues.url),
  };
}
