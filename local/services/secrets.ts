import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { closeServer, listenOnLoopback, type Service } from '../http-server.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './identity.ts';
import { readSecrets, type StoredSecrets, writeSecrets } from './secret-file.ts';
import { answerSecretsRequest } from './secrets-protocol.ts';

export interface SecretService extends Service {
  /** Makes the secret with this value unless it exists. Resolves with its value. */
  create(name: string, value: () => string): Promise<string>;
  put(name: string, value: string): Promise<void>;
  /** The value now; empty when there is none. */
  read(name: string): string;
}

/** Starts a Secrets Manager endpoint (GetSecretValue, PutSecretValue) on a settings file. */
export async function startSecrets(path: string): Promise<SecretService> {
  let secrets = await readSecrets(path);
  let writing: Promise<unknown> = Promise.resolve();

  /** Writes one after the other. What is answered has been written. */
  const write = (change: (before: StoredSecrets) => StoredSecrets): Promise<void> => {
    const next = writing.then(async () => {
      const after = change(secrets);
      if (after !== secrets) await writeSecrets(path, after);
      secrets = after;
    });
    writing = next.catch(() => {});
    return next;
  };
  const entry = (value: string) => ({ value, versionId: randomUUID(), createdAt: Date.now() });
  // The same value again is no change, as `verify` asks when the settings last changed.
  const put = (name: string, value: string) =>
    write((before) => (before[name]?.value === value ? before : { ...before, [name]: entry(value) }));

  const store = { get: (id: string) => find(secrets, id), put };
  const server = createServer((request, response) => answerSecretsRequest(store, request, response));
  return {
    url: await listenOnLoopback(server),
    put,
    read: (name) => secrets[name]?.value ?? '',
    async create(name, value) {
      await write((before) => (before[name] ? before : { ...before, [name]: entry(value()) }));
      return secrets[name]?.value ?? '';
    },
    close: () => closeServer(server),
  };
}

export function secretArn(name: string): string {
  return `arn:aws:secretsmanager:${LOCAL_REGION}:${LOCAL_ACCOUNT}:secret:${name}-local0`;
}

/** Finds a secret by name or by ARN, as Secrets Manager does. */
function find(secrets: StoredSecrets, id: string) {
  const name = Object.keys(secrets).find((key) => key === id || secretArn(key) === id);
  const stored = name === undefined ? undefined : secrets[name];
  return name !== undefined && stored ? { name, arn: secretArn(name), ...stored } : undefined;
}
