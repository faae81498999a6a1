import type { SQSEvent } from 'aws-lambda';
import { DelivererEnv } from '../../lambdas/shared/contract.ts';
import { type HostedFunction, hostFunction } from '../host/function.ts';
import type { Printer } from '../output/printer.ts';
import type { InvocationEnd } from '../page/metrics/sources.ts';
import { startEventSourceMapping } from '../queue/event-source-mapping.ts';
import { mappedQueue } from '../queue/mapped-queue.ts';
import { LOCAL_REGION } from '../services/identity.ts';
import type { Services } from '../services/services.ts';
import type { FunctionDefinition } from '../template/resources.ts';
import type { Journal } from './journal.ts';
import { measured } from './measured.ts';

/**
 * Lambda begins to read a queue with so many invocations at a time (Developer Guide, "Scaling").
 */
const FIRST_INVOCATIONS = 5;

/** Both functions, hosted. What is on the queue is delivered. */
export interface Functions {
  readonly poller: HostedFunction;
  readonly deliverer: HostedFunction;
  /** Takes no more from the queue. Resolves when the deliveries in flight have ended. */
  stopDelivering(): Promise<void>;
}

export interface FunctionsOptions {
  readonly services: Services;
  readonly retryWindowSeconds: number | undefined;
  /** A file for NODE_EXTRA_CA_CERTS. */
  readonly certificates: string | undefined;
  readonly journal: Journal;
  readonly printer: Printer;
  /** Called with each event that is handed to the delivery function. */
  readonly onEvent?: ((event: SQSEvent) => void) | undefined;
  /** Called with the end of each invocation. */
  readonly onInvocation?: ((end: InvocationEnd) => void) | undefined;
}

export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const { services, certificates, journal, printer } = options;
  const { poller, deliverer, mapping } = services.pipeline;
  const variables = {
    ...services.endpoints,
    ...(certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates }),
  };
  const host = (definition: FunctionDefinition) =>
    measured(
      hostFunction(definition, { variables, onLine: journal.lineOf(definition.name) }),
      options.onInvocation,
    );
  const hostedDeliverer = host(withRetryWindow(deliverer, options.retryWindowSeconds));
  const hostedPoller = host(poller);
  await Promise.all([hostedPoller.warm(1), hostedDeliverer.warm(FIRST_INVOCATIONS)]);
  const mapped = startEventSourceMapping({
    queue: mappedQueue(services.queues, services.queueUrl(mapping.queue.name)),
    queueArn: mapping.queue.arn,
    region: LOCAL_REGION,
    batchSize: mapping.batchSize,
    maximumConcurrency: mapping.maximumConcurrency,
    reportsBatchItemFailures: mapping.reportsBatchItemFailures,
    visibilitySeconds: Number(mapping.queue.attributes.VisibilityTimeout),
    invoke: hostedDeliverer.invoke,
    onEvent: options.onEvent,
    onProblem: (problem) => printer.say(`${deliverer.name}: ${problem}`),
  });
  return { poller: hostedPoller, deliverer: hostedDeliverer, stopDelivering: mapped.stop };
}

/**
 * Sets the retry window. The deployed stack takes none under a minute; here somebody watches it.
 */
function withRetryWindow(definition: FunctionDefinition, seconds: number | undefined): FunctionDefinition {
  if (seconds === undefined) return definition;
  return {
    ...definition,
    environment: { ...definition.environment, [DelivererEnv.retryWindowSeconds]: String(seconds) },
  };
}
