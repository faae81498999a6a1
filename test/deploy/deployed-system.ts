import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { DelivererEnv } from '../../lambdas/shared/contract.ts';
import { createLedger } from '../../lambdas/shared/ledger/ledger.ts';
import { createPauseSwitch } from '../../lambdas/shared/ledger/pause.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import { type Standing, standing } from '../../lambdas/shared/operations/standing.ts';
import { type HostedFunction, hostFunction } from '../../local/host/function.ts';
import type { InvocationResult } from '../../local/host/invocation.ts';
import { type EventSourceMapping, startEventSourceMapping } from '../../local/queue/event-source-mapping.ts';
import { queueByRequests } from '../support/queue-by-requests.ts';
import type { Outputs } from './cdk.ts';
import { deployedFunction } from './deployed-functions.ts';
import { type Emulator, REGION } from './emulator.ts';
import { patientSqs } from './patient-sqs.ts';

const mappings = z.object({
  EventSourceMappings: z
    .array(
      z.object({
        UUID: z.string(),
        EventSourceArn: z.string(),
        BatchSize: z.number(),
        ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
        FunctionResponseTypes: z.array(z.string()),
      }),
    )
    .length(1),
});
const records = z.object({
  Records: z.array(z.object({ attributes: z.object({ MessageGroupId: z.string() }) })),
});

/**
 * What the stack deployed, running: its bundles in its environment, on the emulator's queue, table
 * and secrets.
 */
export interface DeployedSystem {
  /** Every line that the functions printed. */
  readonly lines: readonly string[];
  /** The message groups of each receive's records. */
  readonly receives: readonly (readonly string[])[];
  readonly problems: readonly string[];
  readonly environment: Readonly<Record<'poller' | 'deliverer', Readonly<Record<string, string>>>>;
  poll(): Promise<InvocationResult>;
  /** Starts the event source mapping as it was deployed. */
  deliver(): void;
  /** Receives no more. Resolves when what was received is done with. */
  stopDelivering(): Promise<void>;
  standing(): Promise<Standing>;
  stop(): Promise<void>;
}

export interface SystemOptions {
  readonly emulator: Emulator;
  readonly outputs: Outputs;
  /** Folder for the unpacked bundles. */
  readonly folder: string;
  /** The simulated tenant's CA, which the functions have to trust. */
  readonly caFile: string;
}

export async function startDeployedSystem(options: SystemOptions): Promise<DeployedSystem> {
  const { emulator, outputs, folder, caFile } = options;
  const mapping = await takeOverMapping(emulator, outputs.DelivererName ?? '');
  const [poller, deliverer] = await Promise.all([
    deployedFunction(emulator, outputs.PollerName ?? '', folder),
    deployedFunction(emulator, outputs.DelivererName ?? '', folder),
  ]);
  const lines: string[] = [];
  const receives: string[][] = [];
  const problems: string[] = [];
  const variables = { ...emulator.variables, NODE_EXTRA_CA_CERTS: caFile };
  const host = (definition: typeof poller): HostedFunction =>
    hostFunction(definition, { variables, onLine: (line) => lines.push(line) });
  const hosted = { poller: host(poller), deliverer: host(deliverer) };
  const dynamoDb = new DynamoDBClient({ endpoint: emulator.url, region: REGION, credentials: CREDENTIALS });
  const table = createTable(dynamoDb, outputs.TableName ?? '');
  const sqs = patientSqs(emulator);
  let delivering: EventSourceMapping | undefined;

  const stopDelivering = async () => {
    await delivering?.stop();
    delivering = undefined;
  };
  return {
    lines,
    receives,
    problems,
    environment: { poller: poller.environment, deliverer: deliverer.environment },
    poll: () => hosted.poller.invoke('{}'),
    deliver() {
      delivering = startEventSourceMapping({
        queue: queueByRequests(sqs, deliverer.environment[DelivererEnv.queueUrl] ?? ''),
        queueArn: mapping.EventSourceArn,
        region: REGION,
        batchSize: mapping.BatchSize,
        maximumConcurrency: mapping.ScalingConfig.MaximumConcurrency,
        reportsBatchItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        visibilitySeconds: 540,
        invoke(payload) {
          const { Records } = records.parse(JSON.parse(payload));
          receives.push(Records.map(({ attributes }) => attributes.MessageGroupId));
          return hosted.deliverer.invoke(payload);
        },
        onProblem: (problem) => problems.push(problem),
      });
    },
    stopDelivering,
    standing: () =>
      standing({
        ledger: createLedger(table, randomUUID),
        pauses: createPauseSwitch(table),
        queue: { client: sqs, url: outputs.QueueUrl ?? '' },
        deadLetterQueue: { client: sqs, url: outputs.DeadLetterQueueUrl ?? '' },
      }),
    async stop() {
      await stopDelivering();
      await Promise.all([hosted.poller.close(), hosted.deliverer.close()]);
      dynamoDb.destroy();
      sqs.destroy();
    },
  };
}

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/**
 * Takes over the mapping as it was deployed. moto's own must not run, as it has no Docker, and each
 * failed try counts as a receive.
 */
async function takeOverMapping({ aws }: Emulator, FunctionName: string) {
  const { EventSourceMappings } = mappings.parse(
    await aws('lambda', 'list_event_source_mappings', { FunctionName }),
  );
  const [mapping] = EventSourceMappings;
  if (mapping === undefined) throw new Error(`no event source mapping of ${FunctionName}`);
  await aws('lambda', 'update_event_source_mapping', { UUID: mapping.UUID, Enabled: false });
  return mapping;
}
