import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvocationResult } from '../../../local/host/invocation.ts';
import { startServices } from '../../../local/services/services.ts';
import { type Receiver, startReceiver } from '../../../local/stand-ins/receiver/receiver.ts';
import { startTenant, type Tenant } from '../../../local/stand-ins/tenant/tenant.ts';
import type { Assembly } from '../../../local/template/assembly.ts';
import { type Monitored, readMonitored } from './monitored.ts';
import { lastReadHoursAgo } from './past.ts';
import { driveQueue, type QueueDriver } from './queue-driver.ts';
import { createQueueMetrics } from './queue-metrics.ts';
import { createWatch, type Watch } from './watch.ts';
import { type DelivererChange, type WatchedFunctions, watchedFunctions } from './watched-functions.ts';
import {
  auth0Settings,
  putSettings,
  SIGNING_SECRET,
  type Values,
  webhookSettings,
} from './world-settings.ts';

const PERIOD_SECONDS = 300;

/**
 * The pipeline of local mode, watched by its own alarms. The test moves its clock in steps of five
 * minutes.
 */
export interface World extends Pick<Watch, 'datapoints' | 'lines' | 'skip' | 'firing'> {
  readonly monitored: Monitored;
  readonly tenant: Tenant;
  readonly receiver: Receiver;
  readonly redrive: QueueDriver['redrive'];
  poll(): Promise<InvocationResult>;
  /** Hands out what is on the queue, once. What returned to it before is visible again. */
  deliver(): Promise<void>;
  /** Does what happens within five minutes, then evaluates every alarm. */
  fiveMinutes(happening?: () => Promise<unknown>): Promise<void>;
  /** Starts new execution environments, as after a change of settings or a deploy. */
  restart(change?: DelivererChange & { readonly auth0?: Values; readonly webhook?: Values }): Promise<void>;
  /**
   * Makes the table look as if the log was last read to its end so many hours ago, with everything
   * up to `logId`.
   */
  lastReadHoursAgo(hours: number, logId: string): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** Retention of the tenant's log; by default a day. */
  readonly retentionSeconds?: number;
  readonly auth0?: Values;
}

export async function startWorld(assembly: Assembly, options: WorldOptions = {}): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'monitoring-'));
  const services = await startServices(directoryIn(root), assembly);
  const { pipeline } = services;
  const { table, mapping } = pipeline;
  const tenant = await startTenant({
    directory: root,
    history: 0,
    retentionSeconds: options.retentionSeconds ?? 86_400,
  });
  const receiver = await startReceiver({ secrets: [SIGNING_SECRET] });
  const monitored = readMonitored(assembly);
  const watch = createWatch(monitored);
  const queue = driveQueue(services.sqs, mapping, services.queueUrl);
  const tellQueues = createQueueMetrics(queue, watch, mapping);
  let functions: WatchedFunctions | undefined;
  const running = (): WatchedFunctions => {
    if (!functions) throw new Error('the functions are being restarted');
    return functions;
  };
  async function start({ auth0, webhook, ...change }: Parameters<World['restart']>[0] = {}): Promise<void> {
    await functions?.close();
    await putSettings(services, '/auth0', { ...auth0Settings(tenant), ...options.auth0, ...auth0 });
    await putSettings(services, '/webhook', { ...webhookSettings(receiver), ...webhook });
    const variables = { ...services.endpoints, NODE_EXTRA_CA_CERTS: tenant.caFile };
    functions = watchedFunctions(pipeline, watch, variables, change);
  }

  await start();
  return {
    monitored,
    tenant,
    receiver,
    redrive: queue.redrive,
    datapoints: watch.datapoints,
    lines: watch.lines,
    skip: watch.skip,
    firing: watch.firing,
    poll: () => running().poll(),
    async deliver() {
      const { received, deleted } = await queue.deliver(running().deliver);
      watch.take('AWS/SQS', 'QueueName', mapping.queue.name, {
        NumberOfMessagesReceived: received,
        NumberOfMessagesDeleted: deleted,
      });
    },
    async fiveMinutes(happening = async () => {}) {
      await happening();
      await tellQueues();
      watch.evaluateAfter(PERIOD_SECONDS);
    },
    restart: start,
    lastReadHoursAgo: (hours, logId) => lastReadHoursAgo(services.dynamodb, table.name, hours, logId),
    async close() {
      await functions?.close();
      await Promise.all([tenant.stop(), receiver.stop(), services.close()]);
      await rm(root, { recursive: true, force: true });
    },
  };
}

function directoryIn(root: string) {
  const at = (name: string) => join(root, name);
  return {
    dynamodb: at('dynamodb'),
    queues: at('queues'),
    secrets: at('secrets.json'),
    tenant: at('tenant'),
    assembly: at('cdk.out'),
    trusted: at('trusted.pem'),
  };
}
