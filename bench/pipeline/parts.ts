import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Concurrency } from '../../infra/concurrency.ts';
import { createTell, type Tell } from '../../lambdas/shared/logger.ts';
import { withEssentialMetrics } from '../../lambdas/shared/metrics.ts';
import type { Counts } from './counts.ts';
import type { FreeQueue } from './free-queue.ts';
import type { PipelineOptions } from './options.ts';

/** What both functions are wired to. */
export interface Parts {
  readonly options: PipelineOptions;
  readonly counts: Counts;
  readonly table: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly queue: FreeQueue;
  readonly concurrency: Concurrency;
}

/** Bytes that CloudWatch bills for each line beside its text. */
const BYTES_OF_A_LINE = 26;

export function countedLog({ options, counts }: Parts, kind: string): Tell {
  const tell = createTell({ webhook: 'auth0-webhooks', requestId: REQUEST_ID }, (line) => {
    counts.add(`logs.${kind}Lines`);
    counts.add('logs.bytes', Buffer.byteLength(line) + BYTES_OF_A_LINE);
  });
  return options.monitoring === 'essential' ? withEssentialMetrics(tell) : tell;
}

const REQUEST_ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
/**
 * Bytes of `platform.start` and `platform.report` in JSON, which Lambda writes for each invocation
 * (Lambda Developer Guide, "Working with Lambda function logs").
 */
const PLATFORM_BYTES = 600;

/** Runs an invocation of a function. It is counted, with the time that Lambda bills. */
export async function invoked<T>(
  { options, counts }: Parts,
  kind: 'poller' | 'deliverer',
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = options.clock.now;
  counts.add(`lambda.${kind}Invocations`);
  counts.add('logs.bytes', PLATFORM_BYTES);
  try {
    return await work();
  } finally {
    counts.add(`lambda.${kind}Ms`, options.clock.now - startedAt);
  }
}

/** A secret whose value never changes. */
export function freeSecret({ options, counts }: Parts, kind: string, value: object): SecretsManagerClient {
  const client = {
    async send(): Promise<object> {
      counts.add(`secrets.${kind}`);
      if (options.latencies.secretMs > 0) await options.clock.sleep(options.latencies.secretMs);
      return { SecretString: JSON.stringify(value), VersionId: 'the only one' };
    },
  };
  return client as unknown as SecretsManagerClient;
}
