import type { Queues } from './queues.ts';
import type { SettingsSecrets } from './settings-secrets.ts';
import type { StateTable } from './state-table.ts';

// Commands that people paste into bash or zsh, from the stack's outputs and the dashboard. A test
// runs each. A secret is typed in and handed on through the environment. As an argument it would
// stand in the shell's history and in the list of processes.

export interface SecretPlace {
  readonly region: string;
  /** Name of the secret. */
  readonly secret: string;
}

/**
 * Asks for the Auth0 application and writes it into the settings. The other keys stay. Needs jq.
 */
export function auth0SettingsCommand(place: SecretPlace): string {
  return editCommand(place, [
    ['AUTH0_DOMAIN', 'shown'],
    ['AUTH0_CLIENT_ID', 'shown'],
    ['AUTH0_CLIENT_SECRET', 'hidden'],
  ]);
}

/** Asks for the webhook's address. The other keys stay, the generated signing secret among them. */
export function webhookSettingsCommand(place: SecretPlace): string {
  return editCommand(place, [['WEBHOOK_URL', 'shown']]);
}

/** Prints the signing secret, which the receiver needs. */
export function signingSecretCommand(place: SecretPlace): string {
  return `${readCommand(place)} | jq -r .WEBHOOK_SIGNING_SECRET`;
}

/**
 * Asks for keys and writes them. An empty answer ends it before anything is changed, and so does a
 * secret that cannot be read.
 */
function editCommand(place: SecretPlace, keys: readonly (readonly [string, 'shown' | 'hidden'])[]): string {
  const questions = keys.map(([key, how]) => {
    const ask =
      how === 'shown'
        ? `printf '${key}: ' >&2; read -r ${key}`
        : `printf '${key} (not shown): ' >&2; read -rs ${key}; echo >&2`;
    return `${ask}; [ -n "$${key}" ] || { echo 'empty: nothing was changed' >&2; exit 1; }`;
  });
  const given = keys.map(([key]) => `export ${key}`).join('; ');
  const edit = keys.map(([key]) => `.${key}=env.${key}`).join(' | ');
  return `( ${questions.join('; ')}; ${given}; old=$(${readCommand(place)}) && new=$(printf %s "$old" | jq -e '${edit}') && printf %s "$new" | aws secretsmanager put-secret-value ${options(place)} --secret-string file:///dev/stdin )`;
}

function readCommand(place: SecretPlace): string {
  return `aws secretsmanager get-secret-value ${options(place)} --query SecretString --output text`;
}

function options({ region, secret }: SecretPlace): string {
  return `--region ${region} --secret-id ${secret}`;
}

/**
 * The place of a test event. Its ledger is one that no table has, so it is delivered without
 * bookkeeping, and no checkpoint waits for it. It has a resource of its own, so that one which
 * fails holds back no other.
 */
const PLACE = ['ledger=test', 'batch=$id', 'ordinal=0', 'resource=$id', 'log_id=$id'];

/**
 * Puts an event on the queue that no log has, for a POSIX shell. It is signed, retried and
 * dead-lettered as any other. Where the order is total it joins the one message group. In a group
 * of its own it would be sent beside the one call that `concurrentCalls: 1` allows.
 */
export function testEventCommand(region: string, queueUrl: string, order: 'resource' | 'total'): string {
  const attributes = PLACE.map((pair) => {
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
    `--message-group-id ${order === 'total' ? 'all' : '$id'} --message-deduplication-id $id`,
    `--message-attributes "${attributes.join(',')}"`,
    `--message-body ${JSON.stringify(body)}`,
  ].join(' ');
}

/**
 * Moves every dead letter back to the queue. Each gets a whole new retry window. Needs AWS CLI v2.
 */
export function redriveCommand(region: string, { events, deadLetters }: Queues): string {
  return `aws sqs start-message-move-task --region ${region} --source-arn ${deadLetters.queueArn} --destination-arn ${events.queueArn}`;
}

export interface Kept {
  readonly settings: SettingsSecrets;
  readonly state: StateTable;
  readonly queues: Queues;
}

/**
 * Takes what `cdk destroy` has left into a new stack of that name, by identifiers. CloudFormation's
 * own look-up (`cdk deploy --import-existing-resources`) finds neither queues nor secrets, as their
 * identifiers are read-only properties.
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
