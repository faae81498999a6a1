import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Concurrency } from './concurrency.ts';
import { changedValues, type WebhookConfig } from './config.ts';
import type { ConsoleLinks } from './console-links.ts';
import { dashboardNameOf, namesOf } from './names.ts';
import {
  adoptCommand,
  auth0SettingsCommand,
  signingSecretCommand,
  testEventCommand,
  webhookSettingsCommand,
} from './operator-commands.ts';
import type { Queues } from './queues.ts';
import type { SettingsSecrets } from './settings-secrets.ts';
import type { StateTable } from './state-table.ts';

export interface OutputsProps {
  readonly webhook: WebhookConfig;
  readonly order: Concurrency['order'];
  readonly links: ConsoleLinks;
  readonly settings: SettingsSecrets;
  readonly state: StateTable;
  readonly queues: Queues;
  readonly poller: IFunction;
  readonly deliverer: IFunction;
}

/**
 * Prints what people need in the first hour after `cdk deploy`: fill, fill, verify, then names. The
 * command line and the console sort outputs by name, so the names begin accordingly.
 */
export function addOutputs(stack: Stack, props: OutputsProps): void {
  const { webhook, order, links, state, queues, poller, deliverer } = props;
  const { region } = stack;
  const names = namesOf(webhook.name);
  const auth0 = { region, secret: names.auth0Secret };
  const receiver = { region, secret: names.webhookSecret };
  const output = (id: string, description: string, value: string) =>
    new CfnOutput(stack, id, { description, value });

  output(
    'Begin1Auth0SettingsCommand',
    'Fill: asks for the Auth0 application, keeps the other settings (needs jq)',
    auth0SettingsCommand(auth0),
  );
  output('Begin1Auth0SettingsLink', 'Or fill it in here', links.secret(names.auth0Secret));
  output(
    'Begin2WebhookSettingsCommand',
    'Fill: asks for WEBHOOK_URL, keeps the other settings (needs jq)',
    webhookSettingsCommand(receiver),
  );
  output('Begin2WebhookSettingsLink', 'Or fill it in here', links.secret(names.webhookSecret));
  output(
    'Begin2WebhookSigningSecretCommand',
    'Prints the secret by which the receiver verifies signatures (needs jq)',
    signingSecretCommand(receiver),
  );
  output(
    'Begin3TestEventCommand',
    'Verify: sends the webhook a signed test event through the queue (its webhook-id begins with test-)',
    testEventCommand(region, queues.events.queueUrl, order),
  );
  if (webhook.monitoring === 'full')
    output(
      'DashboardLink',
      'Is it flowing? How far behind? What is stuck?',
      links.dashboard(dashboardNameOf(webhook.name, region)),
    );
  output('DeadLetterQueueUrl', 'Events that were given up for now', queues.deadLetters.queueUrl);
  output('DelivererName', 'Calls the webhook', deliverer.functionName);
  output(
    'DeployedWith',
    'Every value that is not the default; a deploy without one of them takes it back',
    JSON.stringify(changedValues(webhook)),
  );
  output('PollerName', "Reads Auth0's log", poller.functionName);
  output('QueueUrl', 'Events on their way', queues.events.queueUrl);
  output('TableName', 'Checkpoint and open batches', state.table.tableName);
  output(
    'WhenDestroyedAdoptCommand',
    'Keep this: cdk destroy leaves table, queues and secrets, and a new deploy of this name must take them over first, by this command',
    adoptCommand(webhook.name, props),
  );
}
