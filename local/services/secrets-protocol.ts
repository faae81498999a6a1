import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { isCalledByUs, UNKNOWN_CALLER } from './identity.ts';

interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly value: string;
  readonly versionId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

interface Store {
  get(id: string): Secret | undefined;
  put(name: string, value: string): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const target = z.templateLiteral(['secretsmanager.', z.enum(['GetSecretValue', 'PutSecretValue'])]);
const byId = z.object({ SecretId: z.string() });
const put = z.object({ SecretId: z.string(), SecretString: z.string() });

/**
 * Speaks the AWS JSON 1.1 protocol, as far as the functions and the command line need it for
 * settings.
 */
export function answerSecretsRequest(store: Store, request: IncomingMessage, response: ServerResponse): void {
  answer(store, request).then(
    ({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    },
    () => response.destroy(), // the client went away
  );
}

async function answer(store: Store, request: IncomingMessage): Promise<Answer> {
  if (!isCalledByUs(request)) return UNKNOWN_CALLER; // whatever it sends is not kept
  const input = jsonOrUndefined(await text(request));
  const operation = target.safeParse(request.headers['x-amz-target']);
  if (!operation.success)
    return refusal('UnknownOperationException', 'Local mode knows only what settings need.');
  const id = byId.safeParse(input);
  if (!id.success) return refusal('InvalidParameterException', 'SecretId is missing.');
  const secret = store.get(id.data.SecretId);
  if (!secret)
    return refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  if (operation.data === 'secretsmanager.GetSecretValue') return { status: 200, body: value(secret) };
  const given = put.safeParse(input);
  if (!given.success) return refusal('InvalidParameterException', 'SecretString is missing.');
  await store.put(secret.name, given.data.SecretString);
  return { status: 200, body: { ...named(store.get(secret.name) ?? secret), VersionStages: ['AWSCURRENT'] } };
}

function value(secret: Secret) {
  const CreatedDate = secret.createdAt / 1000;
  return { ...named(secret), SecretString: secret.value, VersionStages: ['AWSCURRENT'], CreatedDate };
}

function named({ name, arn, versionId }: Secret) {
  return { ARN: arn, Name: name, VersionId: versionId };
}

function refusal(type: string, message: string): Answer {
  return { status: 400, body: { __type: type, message } };
}
