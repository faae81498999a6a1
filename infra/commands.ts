import type { EventQueue } from './queue.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

export interface Kept {
  readonly settings: Settings;
  readonly state: State;
  readonly events: EventQueue;
}

/**
 * Takes what `cdk destroy` has left into a new stack of that name. By identifiers: CloudFormation's own look-up
 * (`cdk deploy --import-existing-resources`) knows neither queues nor secrets, as theirs are read-only properties.
 */
export function adoptCommand(name: string, { settings, state, events }: Kept): string {
  const identifiers = {
    StateTable: { TableName: state.table.tableName },
    EventQueue: { QueueUrl: events.queue.queueUrl },
    DeadLetterQueue: { QueueUrl: events.deadLetterQueue.queueUrl },
    Auth0Secret: { Id: settings.auth0.secretArn },
    WebhookSecret: { Id: settings.webhook.secretArn },
  };
  return `npx cdk import ${name} --resource-mapping-inline '${JSON.stringify(identifiers)}'`;
}

/** Of a ledger that no table has: it is delivered without bookkeeping, so nothing waits for it. */
const PLACE = ['ledger=test', 'batch=test', 'ordinal=0', 'resource=test'];

/** Puts an event on the queue that no log has; signed, retried and dead-lettered as any other. For a POSIX shell. */
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
