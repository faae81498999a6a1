import type { Queues } from './queues.ts';
import type { SettingsSecrets } from './settings-secrets.ts';
import type { StateTable } from './state-table.ts';

export interface Kept {
  readonly settings: SettingsSecrets;
  readonly state: StateTable;
  readonly queues: Queues;
}

/**
 * Takes what `cdk destroy` has left into a new stack of that name. By identifiers: CloudFormation's
 * own look-up (`cdk deploy --import-existing-resources`) knows neither queues nor secrets, as
 * theirs are read-only properties.
 */
export function adoptCommand(name: string, { settings, state, queues }: Kept): string {
  const identifiers = {
    StateTable: { TableName: state.table.tableName },
    EventQueue: { QueueUrl: queues.events.queueUrl },
    DeadLetterQueue: { QueueUrl: queues.deadLetters.queueUrl },
    Auth0Secret: { Id: settings.auth0.secretArn },
    WebhookSecret: { Id: settings.webhook.secretArn },
  };
  return `npx cdk import ${name} --resource-mapping-inline '${JSON.stringify(identifiers)}'`;
}

/** Of a ledger that no table has: it is delivered without bookkeeping, so nothing waits for it. */
const PLACE = ['ledger=test', 'batch=test', 'ordinal=0', 'resource=test'];

/**
 * Puts an event on the queue that no log has; signed, retried and dead-lettered as any other. For a
 * POSIX shell.
 */
export function testEventCommand(region: string, queueUrl: string): string {
  const attributes = [...PLACE, 'log_id=$id'].map((pair) => {
    const [name, value] = pair.split('=');
    return `${name}={DataType=String,StringValue=${value}}`;
  });
  const body = JSON.stringify({
    log_id: '$id',
    type: 'test',
    description: 'Test event',
    request: {},
    response: {},
  });
  return [
    'id=test-$(date +%s);',
    `aws sqs send-message --region ${region} --queue-url ${queueUrl}`,
    '--message-group-id test --message-deduplication-id $id',
    `--message-attributes "${attributes.join(',')}"`,
    `--message-body ${JSON.stringify(body)}`,
  ].join(' ');
}

/** Moves every dead letter back to the queue, for a whole new retry window. */
export function redriveCommand(region: string, { events, deadLetters }: Queues): string {
  return `aws sqs start-message-move-task --region ${region} --source-arn ${deadLetters.queueArn} --destination-arn ${events.queueArn}`;
}

/**
 * Moves the cursor back to `POSITION`, never forward; a poll that runs meanwhile ends, as with any
 * other writer.
 */
export function rewindCommand(region: string, { table }: StateTable): string {
  return [
    `aws dynamodb update-item --region ${region} --table-name ${table.tableName}`,
    `--key '{"pk":{"S":"ledger"},"sk":{"S":"state"}}'`,
    `--update-expression 'SET #cursor = :to, #seq = #seq + :one'`,
    `--condition-expression '#cursor > :to'`,
    `--expression-attribute-names '{"#cursor":"cursor","#seq":"seq"}'`,
    `--expression-attribute-values '{":to":{"S":"POSITION"},":one":{"N":"1"}}'`,
  ].join(' ');
}
