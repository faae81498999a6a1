import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  DEFAULT_POLL_EVERY_SECONDS,
  POLL_EVERY_SECONDS,
  POLLER_LOOP_TIMEOUT_SECONDS,
  POLLER_TIMEOUT_SECONDS,
  PollerEnv,
} from '../lambdas/shared/contract.ts';
import type { Concurrency } from './concurrency.ts';
import type { WebhookConfig } from './config.ts';
import { LEAST_POLLER_MEMORY } from './config-fields.ts';
import { namesOf } from './names.ts';
import { NodeFunction } from './node-function.ts';
import type { Queues } from './queues.ts';
import { grantReadSettings } from './settings-secrets.ts';
import type { StateTable } from './state-table.ts';
import { connectToVpc } from './vpc-access.ts';

/** A poll that failed or is late is not repeated, as the next one does its work. */
const NEVER_LATE = { retryAttempts: 0, maxEventAge: Duration.seconds(60) };

export interface PollerProps {
  readonly webhook: WebhookConfig;
  readonly order: Concurrency['order'];
  readonly state: StateTable;
  readonly queues: Queues;
  readonly settings: ISecret;
}

/** Reads Auth0's log on a schedule and enqueues the events that match. */
export class Poller extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, props: PollerProps) {
    super(scope, id);
    const { webhook, order, state, queues, settings } = props;
    const fillsTheMinute = webhook.pollEverySeconds < DEFAULT_POLL_EVERY_SECONDS;

    const poller = new NodeFunction(this, 'Function', {
      folder: 'poller',
      functionName: namesOf(webhook.name).poller,
      description: `Reads Auth0's log for ${webhook.name}`,
      logRetention: webhook.logRetentionDays,
      memorySize: Math.max(webhook.memory, LEAST_POLLER_MEMORY),
      timeout: Duration.seconds(fillsTheMinute ? POLLER_LOOP_TIMEOUT_SECONDS : POLLER_TIMEOUT_SECONDS),
      ...NEVER_LATE, // the function's own retries, which the rule's do not govern
      ...(webhook.reserveConcurrency ? { reservedConcurrentExecutions: 1 } : {}), // else the ledger's lock alone
      environment: {
        [PollerEnv.webhookName]: webhook.name,
        [PollerEnv.tableName]: state.table.tableName,
        [PollerEnv.queueUrl]: queues.events.queueUrl,
        [PollerEnv.deadLetterQueueUrl]: queues.deadLetters.queueUrl,
        [PollerEnv.secretId]: settings.secretArn,
        [PollerEnv.order]: order,
        [PollerEnv.metrics]: webhook.monitoring,
      },
    });
    grantReadSettings(settings, poller);
    state.grantLedger(poller);
    // The attributes tell whether the queue is empty.
    queues.events.grant(poller, 'sqs:SendMessage', 'sqs:GetQueueAttributes');
    queues.deadLetters.grant(poller, 'sqs:GetQueueAttributes');

    connectToVpc(poller, webhook);

    new Rule(this, 'Schedule', {
      description: `Polls Auth0's log for ${webhook.name}`,
      schedule: Schedule.expression(webhook.schedule),
      targets: [new LambdaFunction(poller, { ...NEVER_LATE, event: intervalOf(webhook) })],
    });
    this.function = poller;
  }
}

/** The schedule's event, which says how often to poll until the next invocation is due. */
function intervalOf({ pollEverySeconds }: WebhookConfig): RuleTargetInput {
  return RuleTargetInput.fromObject({ [POLL_EVERY_SECONDS]: pollEverySeconds });
}
