import { SQSClient } from '@aws-sdk/client-sqs';
import { DelivererEnv, PollerEnv } from '../../lambdas/shared/contract.ts';
import { type HostedFunction, hostFunction } from '../host/function.ts';
import type { Printer } from '../output/printer.ts';
import { startEventSourceMapping } from '../queue/event-source-mapping.ts';
import { clientOf, LOCAL_REGION } from '../services/identity.ts';
import { type Services, startServices } from '../services/services.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import { signingSecretOf } from '../settings/signing-secret.ts';
import { startStandIns } from '../stand-ins/stand-ins.ts';
import { type Standing, standingReader } from '../standing.ts';
import type { Assembly } from '../template/assembly.ts';
import type { Pipeline } from '../template/pipeline.ts';
import type { FunctionDefinition, SecretDefinition } from '../template/resources.ts';
import type { Arguments } from './arguments.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Journal } from './journal.ts';
import { trustedCertificates } from './trusted-certificates.ts';

/** The pipeline, running: what is on its queue is delivered; it is polled when told to. */
export interface Running {
  readonly poller: HostedFunction;
  readonly schedule: Pipeline['schedule'];
  readonly simulatesTenant: boolean;
  /** What is served, for people: a name and an address each. */
  readonly addresses: readonly (readonly [string, string])[];
  standing(): Promise<Standing>;
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
  const { poller, deliverer, mapping, schedule, table } = services.pipeline;
  const auth0Secret = secretAt(services, poller.environment[PollerEnv.secretId]);
  const webhookSecret = secretAt(services, deliverer.environment[DelivererEnv.secretId]);

  const standIns = await startStandIns({
    settings,
    signingSecret: signingSecretOf(services.secretValues.get(webhookSecret.name), webhookSecret),
    tenantDirectory: directory.tenant,
    live: !args.once,
    printer,
  });
  await services.secrets.put(auth0Secret.name, JSON.stringify(standIns.auth0));
  await services.secrets.put(webhookSecret.name, JSON.stringify(standIns.webhook));

  const trusted = await trustedCertificates(options.certificates, standIns.tenant?.caFile, directory.trusted);
  const variables = {
    ...services.endpoints,
    ...(trusted === undefined ? {} : { NODE_EXTRA_CA_CERTS: trusted }),
  };
  const host = (definition: FunctionDefinition) =>
    hostFunction(definition, { variables, onLine: journal.lineOf(definition.name) });
  const hostedPoller = host(poller);
  const hostedDeliverer = host(withRetryWindow(deliverer, args.retryWindowSeconds));

  const mapped = startEventSourceMapping({
    client: new SQSClient(clientOf(services.sqs)),
    queueUrl: services.queueUrl(mapping.queue.name),
    queueArn: mapping.queue.arn,
    region: LOCAL_REGION,
    batchSize: mapping.batchSize,
    maximumConcurrency: mapping.maximumConcurrency,
    reportsBatchItemFailures: mapping.reportsBatchItemFailures,
    visibilitySeconds: Number(mapping.queue.attributes.VisibilityTimeout),
    invoke: hostedDeliverer.invoke,
    onProblem: (problem) => printer.say(`${deliverer.name}: ${problem}`),
  });

  return {
    poller: hostedPoller,
    schedule,
    simulatesTenant: settings.simulatesTenant,
    addresses: [
      [
        'Auth0',
        standIns.tenant
          ? `https://${standIns.tenant.domain} (simulated)`
          : `https://${settings.auth0.AUTH0_DOMAIN}`,
      ],
      [
        'Webhook',
        standIns.receiver
          ? `${standIns.receiver.url} (its page: ${standIns.receiver.pageUrl})`
          : 'as in WEBHOOK_URL',
      ],
      ['SQS', services.sqs],
      ['DynamoDB', services.dynamodb],
      ['Secrets Manager', services.secrets.url],
    ],
    standing: standingReader({
      dynamodb: services.dynamodb,
      sqs: services.sqs,
      tableName: table.name,
      queueUrl: services.queueUrl(mapping.queue.name),
      deadLetterQueueUrl: services.queueUrl(mapping.deadLetterQueue.name),
    }),
    stopDelivering: mapped.stop,
    async close() {
      await Promise.all([hostedPoller.close(), hostedDeliverer.close()]);
      await Promise.all([standIns.close(), services.close()]);
    },
  };
}

function secretAt({ pipeline }: Services, id: string | undefined): SecretDefinition {
  const found = pipeline.secrets.find(({ arn, name }) => id === arn || id === name);
  if (!found) throw new Error(`The template has no secret ${id}.`);
  return found;
}

/** The deployed stack allows no window under a minute; on one machine somebody watches it. */
function withRetryWindow(definition: FunctionDefinition, seconds: number | undefined): FunctionDefinition {
  if (seconds === undefined) return definition;
  return {
    ...definition,
    environment: { ...definition.environment, [DelivererEnv.retryWindowSeconds]: String(seconds) },
  };
}
