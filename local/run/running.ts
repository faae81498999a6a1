import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import type { HostedFunction } from '../host/function.ts';
import type { EventWords } from '../output/event-words.ts';
import type { Printer } from '../output/printer.ts';
import { type Services, startServices } from '../services/services.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import { signingSecretOf } from '../settings/signing-secret.ts';
import { type StandIns, startStandIns } from '../stand-ins/stand-ins.ts';
import type { Assembly } from '../template/assembly.ts';
import type { Pipeline } from '../template/pipeline.ts';
import type { Arguments } from './arguments.ts';
import type { DataDirectory } from './data-directory.ts';
import { startFunctions } from './functions.ts';
import { startInvokeEndpoint } from './invoke-endpoint.ts';
import type { Journal } from './journal.ts';
import { localOperations } from './operations.ts';
import type { PageFeed } from './page-feed.ts';
import { writeRunFile } from './run-file.ts';
import { runFileOf } from './run-file-of.ts';
import { startRunPage } from './run-page.ts';
import { secretsOf } from './secrets-of.ts';
import { writeReceiverEnv } from './tell-secret.ts';
import { trustedCertificates } from './trusted-certificates.ts';

/** The running pipeline. What is on its queue is delivered; it polls when it is told to. */
export interface Running {
  readonly poller: HostedFunction;
  readonly deliverer: HostedFunction;
  readonly schedule: Pipeline['schedule'];
  readonly simulatesTenant: boolean;
  /** Where things are, for people: a name and an address each. */
  readonly addresses: readonly (readonly [string, string])[];
  readonly operations: OperationsDeps;
  /** Address of the page; undefined with --once. */
  readonly page: string | undefined;
  /** Takes no more from the queue. Resolves when the deliveries in flight have ended. */
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
  readonly feed: PageFeed;
  readonly words: Pick<EventWords, 'takeEvent'>;
  /** The user's NODE_EXTRA_CA_CERTS. */
  readonly certificates: string | undefined;
}

export async function startPipeline(options: PipelineOptions): Promise<Running> {
  const { args, settings, directory, journal, printer } = options;
  const services = await startServices(directory, options.assembly);
  const standIns = await startWithSecrets(options, services);
  const certificates = await trustedCertificates(
    options.certificates,
    standIns.tenant?.caFile,
    directory.trusted,
  );
  const feed = options.feed;
  const functions = await startFunctions({
    services,
    onEvent(event) {
      feed.takeEvent(event);
      options.words.takeEvent(event);
    },
    onInvocation: feed.takeInvocation,
    retryWindowSeconds: args.retryWindowSeconds,
    certificates,
    journal,
    printer,
  });
  const invoke = await startInvokeEndpoint([functions.poller, functions.deliverer]);
  const operations = operationsOf(services);
  const page = args.once
    ? undefined
    : await startRunPage({
        ...{ port: args.port, settings, services, standIns, functions, operations, journal, printer },
      });
  feed.page = page;
  const parts = { services, page: page?.url, certificates, lambda: invoke.url };
  await writeRunFile(directory.run, runFileOf(parts));
  return {
    ...functions,
    schedule: services.pipeline.schedule,
    simulatesTenant: settings.simulatesTenant,
    addresses: [...addressesOf(settings, standIns), ...(args.verbose ? serviceAddresses(services) : [])],
    operations,
    page: page?.url,
    async close() {
      await Promise.all([functions.poller.close(), functions.deliverer.close()]);
      await Promise.all([page?.close(), standIns.close(), services.close(), invoke.close()]);
    },
  };
}

/** Starts the stand-ins for what the user did not give, and writes the values of both secrets. */
async function startWithSecrets(options: PipelineOptions, services: Services): Promise<StandIns> {
  const { auth0, webhook } = secretsOf(services);
  const signingSecret = signingSecretOf(services.secretValues.get(webhook.name), webhook);
  await writeReceiverEnv(options.settings, options.directory, signingSecret.split(' ')[0] ?? '');
  const standIns = await startStandIns({
    settings: options.settings,
    signingSecret,
    tenantDirectory: options.directory.tenant,
    live: !options.args.once,
    printer: options.printer,
  });
  await services.secrets.put(auth0.name, JSON.stringify(standIns.auth0));
  await services.secrets.put(webhook.name, JSON.stringify(standIns.webhook));
  return standIns;
}

function operationsOf({ dynamodb, sqs, pipeline, queueUrl }: Services): OperationsDeps {
  return localOperations({
    dynamodb,
    sqs,
    tableName: pipeline.table.name,
    queueUrl: queueUrl(pipeline.mapping.queue.name),
    deadLetterQueueUrl: queueUrl(pipeline.mapping.deadLetterQueue.name),
  });
}

function serviceAddresses({ sqs, dynamodb, secrets }: Services): readonly (readonly [string, string])[] {
  return [
    ['SQS', sqs],
    ['DynamoDB', dynamodb],
    ['Secrets Manager', secrets.url],
  ];
}

function addressesOf(
  settings: LocalSettings,
  { tenant, receiver }: StandIns,
): readonly (readonly [string, string])[] {
  return [
    ['Auth0', tenant ? `https://${tenant.domain} (simulated)` : `https://${settings.domain}`],
    ['Webhook', receiver ? `${receiver.url} (our own)` : 'as in WEBHOOK_URL'],
  ];
}
