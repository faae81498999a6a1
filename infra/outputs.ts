import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { namesOf } from './names.ts';
import { adoptCommand, testEventCommand } from './operator-commands.ts';
import type { Queues } from './queues.ts';
import type { SettingsSecrets } from './settings-secrets.ts';
import type { StateTable } from './state-table.ts';

export interface OutputsProps {
  /** The webhook's. */
  readonly name: string;
  /** `monitoring: essential` has none. */
  readonly hasDashboard: boolean;
  readonly settings: SettingsSecrets;
  readonly state: StateTable;
  readonly queues: Queues;
  readonly poller: IFunction;
  readonly deliverer: IFunction;
}

/**
 * What people need in the first hour, printed after `cdk deploy`: links, names, and commands to
 * paste.
 */
export function addOutputs(stack: Stack, props: OutputsProps): void {
  const { name, hasDashboard, state, queues, poller, deliverer } = props;
  const names = namesOf(name);
  const output = (id: string, description: string, value: string) =>
    new CfnOutput(stack, id, { description, value });

  output('Auth0SettingsLink', 'The Auth0 settings in the console', consoleLink(stack, names.auth0Secret));
  output(
    'WebhookSettingsLink',
    'The webhook settings in the console',
    consoleLink(stack, names.webhookSecret),
  );
  output(
    'Auth0SettingsCommand',
    'Puts auth0.json, such as {"AUTH0_DOMAIN":"...","AUTH0_CLIENT_ID":"...","AUTH0_CLIENT_SECRET":"..."}',
    `aws secretsmanager put-secret-value ${secretOptions(stack, names.auth0Secret)} --secret-string file://auth0.json`,
  );
  output(
    'WebhookSettingsCommand',
    'Sets WEBHOOK_URL and keeps the other keys, as the generated signing secret is one of them (needs jq)',
    `aws secretsmanager get-secret-value ${secretOptions(stack, names.webhookSecret)} --query SecretString --output text | jq '.WEBHOOK_URL="https://example.com/hook"' | aws secretsmanager put-secret-value ${secretOptions(stack, names.webhookSecret)} --secret-string file:///dev/stdin`,
  );
  output(
    'TestEventCommand',
    'Sends the webhook a test event through the queue, by way of everything but the poller (its webhook-id begins with test-)',
    testEventCommand(stack.region, queues.events.queueUrl),
  );
  if (hasDashboard)
    output('DashboardLink', 'Is it flowing? How far behind? What is stuck?', dashboardLink(stack, name));
  output(
    'AdoptCommand',
    'Keep this: cdk destroy leaves table, queues and secrets, and a new deploy of this name must take them over first, by this command',
    adoptCommand(name, props),
  );
  output('TableName', 'Checkpoint and open batches', state.table.tableName);
  output('QueueUrl', 'Events on their way', queues.events.queueUrl);
  output('DeadLetterQueueUrl', 'Events that were given up for now', queues.deadLetters.queueUrl);
  output('PollerName', "Reads Auth0's log", poller.functionName);
  output('DelivererName', 'Calls the webhook', deliverer.functionName);
  output('PollerLogsCommand', 'Follows the polls', tailCommand(stack, names.poller));
  output('DelivererLogsCommand', 'Follows the attempts', tailCommand(stack, names.deliverer));
}

function consoleLink({ region }: Stack, secret: string): string {
  return `https://${region}.console.aws.amazon.com/secretsmanager/secret?name=${encodeURIComponent(secret)}&region=${region}`;
}

function dashboardLink({ region }: Stack, name: string): string {
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${name}`;
}

function secretOptions({ region }: Stack, secret: string): string {
  return `--region ${region} --secret-id ${secret}`;
}

function tailCommand({ region }: Stack, functionName: string): string {
  return `aws logs tail /aws/lambda/${functionName} --region ${region} --follow`;
}
