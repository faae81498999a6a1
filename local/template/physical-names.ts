import * as z from 'zod';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../services/identity.ts';
import { secretArn } from '../services/secrets.ts';
import { queueArn } from '../sqs/queues.ts';
import type { Template } from './assembly.ts';
import { type References, resolveIntrinsics } from './intrinsics.ts';

type Resource = Template['Resources'][string];

const equals = z.strictObject({ 'Fn::Equals': z.tuple([z.unknown(), z.unknown()]) });

/**
 * The property that names a resource. Others, such as a mapping's `FunctionName`, only look like
 * it.
 */
const NAME_PROPERTY: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SQS::Queue': 'QueueName',
};

/** The name that a resource has here: the template's where it gives one, else its logical id. */
export function physicalName(id: string, { Type, Properties }: Resource): string {
  const property = NAME_PROPERTY[Type];
  const given = property === undefined ? undefined : Properties[property];
  if (typeof given === 'string') return given;
  if (given !== undefined)
    throw new Error(`Local mode cannot read the name of ${Type} ${id}: ${JSON.stringify(given)}`);
  return Type === 'AWS::SQS::Queue' && Properties.FifoQueue === true ? `${id}.fifo` : id;
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:${name}`;
}

/** Finds what references stand for. `queueUrl` gives the address of the queue of that name. */
export function references(template: Template, queueUrl: (name: string) => string): References {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': LOCAL_REGION,
    'AWS::AccountId': LOCAL_ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'local',
  };
  const resource = (id: string) => {
    const found = template.Resources[id];
    if (!found) throw new Error(`The template refers to ${id}, which it does not hold.`);
    return { type: found.Type, name: physicalName(id, found) };
  };
  const known: References = {
    ref(id) {
      const value = pseudo[id] ?? template.Parameters[id]?.Default;
      if (value !== undefined) return value;
      const { type, name } = resource(id);
      if (type === 'AWS::SQS::Queue') return queueUrl(name);
      return type === 'AWS::SecretsManager::Secret' ? secretArn(name) : name;
    },
    attribute(id, attribute) {
      const { type, name } = resource(id);
      return attribute === 'Arn' ? arn(type, name) : name;
    },
    condition(id) {
      const { 'Fn::Equals': sides } = equals.parse(template.Conditions[id]);
      const [left, right] = sides.map((side) => resolveIntrinsics(side, known));
      return left === right;
    },
  };
  return known;
}

function arn(type: string, name: string): string {
  switch (type) {
    case 'AWS::SQS::Queue':
      return queueArn(name);
    case 'AWS::Lambda::Function':
      return functionArn(name);
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return `arn:aws:dynamodb:${LOCAL_REGION}:${LOCAL_ACCOUNT}:table/${name}`;
    default:
      return `arn:aws:local:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`; // nothing here is asked for it
  }
}
