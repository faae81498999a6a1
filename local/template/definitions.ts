import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { secretArn } from '../services/secrets.ts';
import { queueArn } from '../sqs/queues.ts';
import { functionArn } from './physical-names.ts';
import type {
  FunctionDefinition,
  lambdaFunction,
  QueueDefinition,
  queue,
  SecretDefinition,
  secret,
} from './resources.ts';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function queueDefinition(
  name: string,
  { QueueName: _, Tags: __, ...attributes }: z.infer<typeof queue>,
): QueueDefinition {
  const asText = Object.entries(attributes).map(([key, value]) => [
    key,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  return { name, arn: queueArn(name), attributes: Object.fromEntries(asText) };
}

export function functionDefinition(
  name: string,
  properties: z.infer<typeof lambdaFunction>,
  assetFolder: (s3Key: string) => string,
): FunctionDefinition {
  return {
    name,
    arn: functionArn(name),
    folder: assetFolder(properties.Code.S3Key),
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    memoryMb: properties.MemorySize,
    environment: properties.Environment.Variables,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
  };
}

/**
 * Reads a secret. A generated value is made as Secrets Manager makes it: one key of the template
 * object is a random password.
 */
export function secretDefinition(
  name: string,
  { GenerateSecretString: generate, SecretString = '{}' }: z.infer<typeof secret>,
): SecretDefinition {
  if (!generate) return { name, arn: secretArn(name), initialValue: () => SecretString };
  const keys = z.record(z.string(), z.string()).parse(JSON.parse(generate.SecretStringTemplate));
  return {
    name,
    arn: secretArn(name),
    initialValue: () =>
      JSON.stringify({ ...keys, [generate.GenerateStringKey]: password(generate.PasswordLength) }),
  };
}

function password(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('');
}
