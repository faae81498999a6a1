import { startTable } from '../dynamodb/table-service.ts';
import type { DataDirectory } from '../run/data-directory.ts';
import { type QueueService, startQueues } from '../sqs/queues.ts';
import type { Assembly } from '../template/assembly.ts';
import { type Pipeline, readPipeline } from '../template/pipeline.ts';
import { onKept } from './kept.ts';
import { type SecretService, startSecrets } from './secrets.ts';

/** The embedded services, with everything that the stack would create on them. */
export interface Services {
  readonly pipeline: Pipeline;
  /** The value of each secret before this run's settings, by its name. */
  readonly secretValues: ReadonlyMap<string, string>;
  readonly secrets: SecretService;
  readonly dynamodb: string;
  readonly sqs: string;
  readonly queues: Pick<QueueService, 'call'>;
  queueUrl(name: string): string;
  /** Endpoints of the services, as the AWS SDK finds them. */
  readonly endpoints: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function startServices(
  directory: Pick<DataDirectory, 'queues' | 'dynamodb' | 'secrets'>,
  assembly: Assembly,
): Promise<Services> {
  const queues = await onKept('The queues', directory.queues, () => startQueues(directory.queues));
  const pipeline = readPipeline(assembly, queues.urlOf);
  for (const { name, attributes } of pipeline.queues) queues.createQueue(name, attributes);
  const dynamodb = await onKept('The state table', directory.dynamodb, () =>
    startTable(directory.dynamodb, pipeline.table),
  );
  const secrets = await onKept('The settings file', directory.secrets, () => startSecrets(directory.secrets));
  const secretValues = new Map<string, string>();
  for (const { name, initialValue } of pipeline.secrets)
    secretValues.set(name, await secrets.create(name, initialValue));
  return {
    pipeline,
    secretValues,
    secrets,
    dynamodb: dynamodb.url,
    sqs: queues.url,
    queues,
    queueUrl: queues.urlOf,
    endpoints: {
      AWS_ENDPOINT_URL_SQS: queues.url,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    },
    close: once(async () => {
      await Promise.all([queues.close(), dynamodb.close(), secrets.close()]);
    }),
  };
}

/** Makes the second call of `close` wait for the first. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}
