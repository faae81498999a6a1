import type { IncomingMessage } from 'node:http';
import { field, textField } from '../../lambdas/shared/log-event.ts';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { ACCOUNT, REGION } from './emulator.ts';

/** Services whose name in signatures is not IAM's. */
const SERVICES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Rights whose name is not that of the call. */
const RIGHTS: Readonly<Record<string, string>> = {
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
};

/** The service of a call, as its signature names it. */
export function serviceOf({ headers }: IncomingMessage): string {
  const [, scope = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)/.exec(headers.authorization ?? '') ?? [];
  return SERVICES[scope] ?? scope;
}

/** The right that the call needs, read from each of AWS's protocols. */
export function actionOf(service: string, { headers, url = '' }: IncomingMessage, body: Buffer): string {
  const target = String(headers['x-amz-target'] ?? '').split('.')[1];
  const form = new URLSearchParams(body.toString('utf8')).get('Action');
  const [, operation] = /\/operation\/(\w+)/.exec(url) ?? [];
  const call = `${service}:${target ?? operation ?? (service === 'lambda' ? lambdaCall(url) : form)}`;
  return RIGHTS[call] ?? call;
}

function lambdaCall(url: string): string {
  return url.includes('/invocations') ? 'InvokeFunction' : 'GetAccountSettings';
}

/** The ARN of the call's resource, as a policy names it. */
export function resourceOf(service: string, { url = '' }: IncomingMessage, body: Buffer): string {
  const json = jsonOrUndefined(body.toString('utf8'));
  const arn = (rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
  switch (service) {
    case 'dynamodb':
      return arn(`table/${textField(json, 'TableName')}`);
    case 'sqs':
      return arn(textField(json, 'QueueUrl')?.split('/').at(-1) ?? '');
    case 'secretsmanager':
      return arn(`secret:${textField(json, 'SecretId')}-AbCdEf`);
    case 'lambda': {
      const [, name] = /\/functions\/([^/]+)\/invocations/.exec(url) ?? [];
      return name === undefined ? '*' : arn(`function:${name}`);
    }
    case 'logs': {
      const name = textField(json, 'logGroupName');
      const [first] = [field(json, 'logGroupIdentifiers')].flat();
      return typeof first === 'string' ? first : name === undefined ? '*' : arn(`log-group:${name}`);
    }
    default:
      return '*';
  }
}
