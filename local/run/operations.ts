import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import { operationsOn } from '../../lambdas/shared/operations/operations-on.ts';
import { standing } from '../../lambdas/shared/operations/standing.ts';
import { total } from '../../lambdas/shared/queue/count.ts';
import { clientOf } from '../services/identity.ts';

export interface OperationSources {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly tableName: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** The operations' dependencies on the embedded services. */
export function localOperations(sources: OperationSources): OperationsDeps {
  const dynamodb = new DynamoDBClient(clientOf(sources.dynamodb));
  return operationsOn(dynamodb, new SQSClient(clientOf(sources.sqs)), sources);
}

/** What a run of `--once` waits for and prints. */
export interface Outstanding {
  /** Events that matched and are neither delivered nor on the dead-letter queue. */
  readonly pending: number;
  readonly deadLettered: number;
  /** Messages that wait to be delivered, or are being delivered. */
  readonly queued: number;
  readonly checkpoint: string;
  readonly cursor: string;
}

export async function outstanding(deps: OperationsDeps): Promise<Outstanding> {
  const { pending, deadLettered, queued, checkpoint = '', cursor = '' } = await standing(deps);
  return {
    pending: Math.max(0, pending - deadLettered), // a dead letter stays pending in the ledger
    deadLettered,
    queued: total(queued),
    checkpoint,
    cursor,
  };
}
