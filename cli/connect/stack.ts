import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CliError } from '../errors.ts';

/** Names from the outputs of a deployed stack. */
export interface DeployedStack {
  readonly name: string;
  readonly region: string;
  readonly status: string;
  readonly tableName: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly poller: string;
  readonly deliverer: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Reads a webhook's stack. Throws a CliError that names the webhooks that do exist. */
export async function readStack(client: CloudFormationClient, name: string): Promise<DeployedStack> {
  const region = await client.config.region();
  const stack = await describe(client, name);
  if (!stack) {
    const others = await ours(client);
    const hint =
      others.length > 0
        ? `webhooks there: ${others.join(', ')} (give one by --name)`
        : 'no webhook of ours is there: look at --region and --profile, or deploy it';
    throw new CliError(`there is no stack "${name}" in ${region}; ${hint}`);
  }
  const outputs = Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  const output = (key: string): string => {
    const value = outputs[key];
    if (value !== undefined && value !== '') return value;
    throw new CliError(
      `the stack "${name}" in ${region} (${stack.StackStatus}) has no output ${key}: it is none of ours, or its deploy did not end well`,
    );
  };
  return {
    name,
    region,
    status: stack.StackStatus ?? 'unknown',
    tableName: output('TableName'),
    queueUrl: output('QueueUrl'),
    deadLetterQueueUrl: output('DeadLetterQueueUrl'),
    poller: output('PollerName'),
    deliverer: output('DelivererName'),
    outputs,
  };
}

async function describe(client: CloudFormationClient, name: string) {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0];
  } catch (error) {
    // CloudFormation answers for an unknown stack with a ValidationError, so only its text tells.
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}

async function ours(client: CloudFormationClient): Promise<readonly string[]> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  const isOurs = (keys: readonly (string | undefined)[]) =>
    keys.includes('PollerName') && keys.includes('DelivererName');
  return Stacks.filter(({ Outputs = [] }) => isOurs(Outputs.map(({ OutputKey }) => OutputKey))).map(
    ({ StackName = '' }) => StackName,
  );
}
