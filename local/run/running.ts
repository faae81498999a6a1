import { DelivererEnv, PollerEnv } from '../../lambdas/shared/contract.ts';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import type { HostedFunction } from '../host/function.ts';
import type { Printer } from '../output/printer.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../services/identity.ts';
import { type Services, startServices } from '../services/services.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import { signingSecretOf } from '../settings/signing-secret.ts';
import { type StandIns, startStandIns } from '../stand-ins/stand-ins.ts';
import type { Assembly } from '../template/assembly.ts';
import type { Pipeline } from '../template/pipeline.ts';
import type { SecretDefinition } from '../template/resources.ts';
import type { Arguments } from './arguments.ts';
import type { DataDirectory } from './data-directory.ts';
import { startFunctions } from './functions.ts';
import type { Journal } from './journal.ts';
import { localOperations } from './operations.ts';
import { writeRunFile } from './run-file.ts';
import { trustedCertificates } from './trusted-certificates.ts';

/** The pipeline, running: what is on its queue is delivered; it is polled when told to. */
export interface Running {
  readonly poller: HostedFunction;
  readonly deliverer: HostedFunction;
  readonly schedule: Pipeline['schedule'];
  readonly simulatesTenant: boolean;
  /** What is served, for people: a name and an address each. */
  readonly addresses: readonly (readonly [string, string])[];
  readonly operations: OperationsDeps;
  /** Takes no more from the queue; resolves when the deliveries in flight have ended. */
  stopDelivering(): Promise<void>;
  close(): Promise<void>;
}

export interface PipelineOptions {
  readonly args: Arguments;
  readonly settings: LocalSettings;
  readonly directory: DataDirectory;
  readonly assembly: Assembly;
  readonly journal: Journal;
  readonly printer: Printer;
  /** The user's NODE_EXTRA_CA_CERTS. */
  readonly certificates: string | undefined;
}

export async function startPipeline(options: PipelineOptions): Promise<Running> {
  const { args, settings, directory, journal, printer } = options;
  const services = await startServices(directory, options.assembly);
  const standIns = await startWithSecrets(options, services);
  const functions = startFunctions({
    services,
    retryWindowSeconds: args.retryWindowSeconds,
    certificates: await trustedCertificates(options.certificates, standIns.tenant?.caFile, directory.trusted),
    journal,
    printer,
  });
  await tellCommandLine(directory.run, services, standIns);
  const { mapping, table, schedule } = services.pipeline;
  return {
    ...functions,
    schedule,
    simulatesTenant: settings.simulatesTenant,
    addresses: addressesOf(settings, services, standIns),
    operations: localOperations({
      dynamodb: services.dynamodb,
      sqs: services.sqs,
      tableName: table.name,
      queueUrl: services.queueUrl(mapping.queue.name),
      deadLetterQueueUrl: services.queueUrl(mapping.deadLetterQueue.name),
    }),
    async close() {
      await Promise.all([functions.poller.close(), functions.deliverer.close()]);
      await Promise.all([standIns.close(), services.close()]);
    },
  };
}

/** The stand-ins for what the user did not give, with the values of both secrets written. */
async function startWithSecrets(options: PipelineOptions, services: Services): Promise<StandIns> {
  const { auth0, webhook } = secretsOf(services);
  const standIns = await startStandIns({
    settings: options.settings,
    signingSecret: signingSecretOf(services.secretValues.get(webhook.name), webhook),
    tenantDirectory: options.directory.tenant,
    live: !options.args.once,
    printer: options.printer,
  });
  await services.secrets.put(auth0.name, JSON.stringify(standIns.auth0));
  await services.secrets.put(webhook.name, JSON.stringify(standIns.webhook));
  return standIns;
}

function secretsOf({ pipeline }: Services): Readonly<Record<'auth0' | 'webhook', SecretDefinition>> {
  const secretAt = (id: string | undefined): SecretDefinition => {
    const found = pipeline.secrets.find(({ arn, name }) => id === arn || id === name);
    if (!found) throw new Error(`The template has no secret ${id}.`);
    return found;
  };
  return {
    auth0: secretAt(pipeline.poller.environment[PollerEnv.secretId]),
    webhook: secretAt(pipeline.deliverer.environment[DelivererEnv.secretId]),
  };
}

async function tellCommandLine(path: string, services: Services, { receiver }: StandIns): Promise<void> {
  const { mapping, table } = services.pipeline;
  const { auth0, webhook } = secretsOf(services);
  await writeRunFile(path, {
    pid: process.pid,
    endpoints: { sqs: services.sqs, dynamodb: services.dynamodb, secretsManager: services.secrets.url },
    credentials: LOCAL_CREDENTIALS,
    region: LOCAL_REGION,
    names: {
      table: table.name,
      queueUrl: services.queueUrl(mapping.queue.name),
      deadLetterQueueUrl: services.queueUrl(mapping.deadLetterQueue.name),
      auth0Secret: auth0.name,
      webhookSecret: webhook.name,
    },
    page: receiver?.pageUrl,
  });
}

function addressesOf(
  settings: LocalSettings,
  services: Services,
  { tenant, receiver }: StandIns,
): readonly (readonly [string, string])[] {
  return [
    ['Auth0', tenant ? `https://${tenant.domain} (simulated)` : `https://${settings.domain}`],
    ['Webhook', receiver ? `${receiver.url} (its page: ${receiver.pageUrl})` : 'as in WEBHOOK_URL'],
    ['SQS', services.sqs],
    ['DynamoDB', services.dynamodb],
    ['Secrets Manager', services.secrets.url],
  ];
}
