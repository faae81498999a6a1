import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../services/identity.ts';
import type { Services } from '../services/services.ts';
import type { RunFile } from './run-file.ts';
import { secretsOf } from './secrets-of.ts';

export interface RunningParts {
  readonly services: Services;
  readonly page: string | undefined;
  readonly certificates: string | undefined;
  /** Address of Lambda's Invoke. */
  readonly lambda: string;
}

/** What this run tells the command line. */
export function runFileOf({ services, page, certificates, lambda }: RunningParts): RunFile {
  const { mapping, table, poller, deliverer } = services.pipeline;
  const { auth0, webhook } = secretsOf(services);
  return {
    pid: process.pid,
    endpoints: {
      sqs: services.sqs,
      dynamodb: services.dynamodb,
      secretsManager: services.secrets.url,
      lambda,
    },
    credentials: LOCAL_CREDENTIALS,
    region: LOCAL_REGION,
    names: {
      table: table.name,
      queueUrl: services.queueUrl(mapping.queue.name),
      deadLetterQueueUrl: services.queueUrl(mapping.deadLetterQueue.name),
      auth0Secret: auth0.name,
      webhookSecret: webhook.name,
      poller: poller.name,
      deliverer: deliverer.name,
    },
    certificates,
    page,
  };
}
