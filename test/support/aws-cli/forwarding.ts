import { z } from 'zod';
import { LOCAL_CREDENTIALS } from '../../../local/services/identity.ts';
import type { Answer, Answers } from './aws-cli.ts';
import { MODEL } from './model.ts';
import { ServiceError } from './refusal.ts';

/** The X-Amz-Target prefix of the services that have an embedded twin. */
const TARGETS = { dynamodb: 'DynamoDB_20120810', sqs: 'AmazonSQS' } as const;

const refusal = z.object({
  __type: z.string(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

/** The embedded services look for the key of their run in a signature, and do not check the rest. */
const SIGNATURE = `AWS4-HMAC-SHA256 Credential=${LOCAL_CREDENTIALS.accessKeyId}/20260101/us-east-1/any/aws4_request, SignedHeaders=host;x-amz-date, Signature=none`;

/** Answers every recorded command of a service by an embedded one: dynalite for DynamoDB, our own for SQS. */
export function answeredBy(service: keyof typeof TARGETS, endpoint: string): Answers {
  const operations = Object.entries(MODEL.services[service]?.operations ?? {});
  return Object.fromEntries(
    operations.map(([name, { api }]) => [`${service} ${name}`, forwarder(TARGETS[service], api, endpoint)]),
  );
}

function forwarder(target: string, api: string, endpoint: string): Answer {
  return async (input) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${target}.${api}`,
        'x-amz-date': '20260101T000000Z',
        authorization: SIGNATURE,
      },
      body: JSON.stringify(input),
    });
    const body: unknown = JSON.parse((await response.text()) || '{}');
    if (response.ok) return body;
    const { __type, message, Message } = refusal.parse(body);
    throw new ServiceError(__type.split('#').at(-1) ?? __type, message ?? Message ?? '');
  };
}
