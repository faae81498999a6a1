import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { GlobalOptions } from '../context.ts';
import type { Connection, SecretKind } from './connection.ts';
import { appendToFile, followFile, searchFile } from './line-file.ts';
import { operationsOf } from './operations-of.ts';
import { findRun } from './run-file.ts';
import { runFunction } from './run-function.ts';
import { RUNBOOK } from './runbook.ts';
import { readSecret, secretChangedAt, writeSecret } from './secrets.ts';

/** Connects to the run on this machine. Throws a CliError when none is running. */
export async function connectToRun({ data }: GlobalOptions): Promise<Connection> {
  const { folder, file } = await findRun(data);
  const { endpoints, credentials, region, names } = file;
  const at = (endpoint: string) => ({ endpoint, region, credentials });
  const secrets = new SecretsManagerClient(at(endpoints.secretsManager));
  const secretId = (kind: SecretKind) => (kind === 'auth0' ? names.auth0Secret : names.webhookSecret);
  if (file.certificates !== undefined) await trust(file.certificates);
  return {
    name: folder,
    place: `the local run in ${folder}`,
    isLocal: true,
    linesLateMs: 200,
    ...operationsOf(new DynamoDBClient(at(endpoints.dynamodb)), new SQSClient(at(endpoints.sqs)), {
      tableName: names.table,
      queueUrl: names.queueUrl,
      deadLetterQueueUrl: names.deadLetterQueueUrl,
    }),
    readSecret: (kind) => readSecret(secrets, secretId(kind)),
    writeSecret: (kind, text) => writeSecret(secrets, secretId(kind), text),
    settingsChangedAt: () => secretChangedAt(secrets, secretId('auth0')),
    runPoller: () => runFunction(new LambdaClient(at(endpoints.lambda)), names.poller),
    lines: (query) => searchFile(folder, names, query),
    writeLines: (lines) => appendToFile(folder, names, lines),
    follow: (signal) => followFile(folder, names, signal),
    firingAlarms: async () => undefined,
    links: {
      dashboard: file.page === undefined ? [] : [file.page],
      runbook: [RUNBOOK],
      secrets: [],
    },
    close: async () => {},
  };
}

/**
 * Trusts the run's own certificate authority, which signs for the simulated tenant. The run's
 * functions trust it in the same way.
 */
async function trust(path: string): Promise<void> {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(path, 'utf8')]);
}
