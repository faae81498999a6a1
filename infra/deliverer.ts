import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  DELIVERER_TIMEOUT_SECONDS,
  DelivererEnv,
  RECORDS_PER_INVOCATION,
} from '../lambdas/shared/contract.ts';
import type { Concurrency } from './concurrency.ts';
import type { WebhookConfig } from './config.ts';
import { namesOf } from './names.ts';
import { NodeFunction } from './node-function.ts';
import type { Queues } from './queues.ts';
import { grantReadSettings } from './settings-secrets.ts';
import type { StateTable } from './state-table.ts';
import { connectToVpc } from './vpc-access.ts';

export interface DelivererProps {
  readonly webhook: WebhookConfig;
  readonly concurrency: Concurrency;
  readonly state: StateTable;
  readonly queues: Queues;
  readonly settings: ISecret;
}

/** Sends events from the queue to the webhook, never more than `concurrentCalls` at a time (P4). */
export class Deliverer extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, props: DelivererProps) {
    super(scope, id);
    const { webhook, concurrency, state, queues, settings } = props;

    const deliverer = new NodeFunction(this, 'Function', {
      folder: 'deliverer',
      functionName: namesOf(webhook.name).deliverer,
      description: `Sends the events of ${webhook.name} to its webhook`,
      logRetention: webhook.logRetentionDays,
      memorySize: webhook.memory,
      timeout: Duration.seconds(DELIVERER_TIMEOUT_SECONDS),
      ...(webhook.reserveConcurrency ? { reservedConcurrentExecutions: concurrency.reserved } : {}),
      environment: {
        [DelivererEnv.webhookName]: webhook.name,
        [DelivererEnv.tableName]: state.table.tableName,
        [DelivererEnv.queueUrl]: queues.events.queueUrl,
        [DelivererEnv.deadLetterQueueUrl]: queues.deadLetters.queueUrl,
        [DelivererEnv.secretId]: settings.secretArn,
        [DelivererEnv.concurrentCalls]: String(webhook.concurrentCalls),
        [DelivererEnv.sideBySide]: String(concurrency.sideBySide),
        [DelivererEnv.takesLease]: String(webhook.concurrentCalls === 1 && !webhook.reserveConcurrency),
        [DelivererEnv.retryWindowSeconds]: String(webhook.retryWindow),
        [DelivererEnv.metrics]: webhook.monitoring,
      },
    });
    grantReadSettings(settings, deliverer);
    state.grantLedger(deliverer);
    // The mapping receives and deletes by the function's role. CDK's `SqsEventSource` would also
    // grant `GetQueueUrl`, which nothing calls.
    queues.events.grant(
      deliverer,
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
    );
    queues.deadLetters.grant(deliverer, 'sqs:SendMessage');

    connectToVpc(deliverer, webhook);

    new EventSourceMapping(this, 'Records', {
      target: deliverer,
      eventSourceArn: queues.events.queueArn,
      batchSize: RECORDS_PER_INVOCATION,
      maxConcurrency: concurrency.mappingMaximum,
      reportBatchItemFailures: true,
    });
    this.function = deliverer;
  }
}
