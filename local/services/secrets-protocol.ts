import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';

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
  names(): readonly string[];
  put(name: string, value: string): Promise<void>;
}

const target = z.templateLiteral([
  'secretsmanager.',
  z.enum(['GetSecretValue', 'PutSecretValue', 'DescribeSecret', 'ListSecrets']),
]);
const byId = z.object({ SecretId: z.string() });
const put = z.object({ SecretId: z.string(), SecretString: z.string() });

/** Speaks the AWS JSON 1.1 protocol, as far as the SDK and `aws secretsmanager` need it for settings. */
export function answerSecretsRequest(store: Store, request: IncomingMessage, response: ServerResponse): void {
  answer(store, request).then(
    ({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    },
    () => response.destroy(), // the client went away
  );
}

async function answer(store: Store, request: IncomingMessage): Promise<{ status: number; body: object }> {
  const operation = target.safeParse(request.headers['x-amz-target']);
  const input = jsonOrUndefined(await text(request));
  if (!operation.success)
    return fault('UnknownOperationException', 'Local mode knows only what settings need.');
  if (operation.data === 'secretsmanager.ListSecrets') {
    return {
      status: 200,
      body: {
        SecretList: store
          .names()
          .flatMap((name) => store.get(name) ?? [])
          .map(described),
      },
    };
  }
  const id = byId.safeParse(input);
  if (!id.success) return fault('InvalidParameterException', 'SecretId is missing.');
  const secret = store.get(id.data.SecretId);
  if (!secret) return fault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  if (operation.data === 'secretsmanager.GetSecretValue') {
    return {
      status: 200,
      body: {
        ...named(secret),
        SecretString: secret.value,
        VersionStages: ['AWSCURRENT'],
        CreatedDate: seconds(secret),
      },
    };
  }
  if (operation.data === 'secretsmanager.DescribeSecret') return { status: 200, body: described(secret) };
  const value = put.safeParse(input);
  if (!value.success) return fault('InvalidParameterException', 'SecretString is missing.');
  await store.put(secret.name, value.data.SecretString);
  return { status: 200, body: { ...named(store.get(secret.name) ?? secret), VersionStages: ['AWSCURRENT'] } };
}

function named({ name, arn, versionId }: Secret) {
  return { ARN: arn, Name: name, VersionId: versionId };
}

function described(secret: Secret) {
  const { name, arn, versionId } = secret;
  return {
    ARN: arn,
    Name: name,
    CreatedDate: seconds(secret),
    VersionIdsToStages: { [versionId]: ['AWSCURRENT'] },
  };
}

function seconds({ createdAt }: Secret): number {
  return createdAt / 1000;
}

function fault(type: string, message: string) {
  return { status: 400, body: { __type: type, message } };
}
