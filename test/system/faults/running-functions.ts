import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { hostFunction } from '../../../local/host/function.ts';
import { startEventSourceMapping } from '../../../local/queue/event-source-mapping.ts';
import { clientOf, LOCAL_REGION } from '../../../local/services/identity.ts';
import type { FunctionDefinition } from '../../../local/template/resources.ts';
import { queueByRequests } from '../../support/queue-by-requests.ts';
import { type Ends, type OutsideServices, VISIBILITY_SECONDS } from './outside-services.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/**
 * Seconds of an invocation: the 10 s of reserve before the deadline, an attempt's time-out and some
 * attempts.
 */
const FUNCTION_SECONDS = 14;
const BETWEEN_POLLS_MS = 500;

export interface Ways {
  readonly sqs: TcpProxy;
  readonly dynamodb: TcpProxy;
}

/**
 * Hosts both functions, polls again and again, and delivers what is on the queue, until the test
 * ends.
 */
export function runFunctions(
  outside: OutsideServices,
  concurrency: number,
  lines: string[],
  ends: Ends,
): void {
  const { pipeline, queues, secretsManager, tenant, receives } = outside;
  const { mapping } = pipeline;
  const host = (definition: FunctionDefinition, { sqs, dynamodb }: Ways) => {
    const hosted = hostFunction(definition, {
      variables: {
        AWS_ENDPOINT_URL_SQS: sqs.url,
        AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
        NODE_EXTRA_CA_CERTS: tenant.caFile,
      },
      onLine: (line) => lines.push(line),
    });
    ends.push(hosted.close);
    return hosted;
  };
  const poller = host(pipeline.poller, outside.poller);
  const limits = { timeoutSeconds: FUNCTION_SECONDS, reservedConcurrency: concurrency };
  const deliverer = host({ ...pipeline.deliverer, ...limits }, outside.deliverer);

  const client = new SQSClient(clientOf(receives.url));
  ends.push(async () => client.destroy());
  const mapped = startEventSourceMapping({
    queue: queueByRequests(client, queues.urlOf(mapping.queue.name)),
    queueArn: mapping.queue.arn,
    region: LOCAL_REGION,
    batchSize: mapping.batchSize,
    maximumConcurrency: concurrency,
    reportsBatchItemFailures: mapping.reportsBatchItemFailures,
    visibilitySeconds: VISIBILITY_SECONDS,
    invoke: deliverer.invoke,
    onProblem: (problem) => lines.push(problem),
  });

  const polling = new AbortController();
  const polls = pollUntil(polling.signal, async () => void (await poller.invoke('{}')));
  ends.push(async () => {
    polling.abort();
    await Promise.all([deliverer.close(), poller.close()]); // what is in flight is of no interest any more
    await Promise.all([mapped.stop(), polls]);
  });
}

async function pollUntil(stop: AbortSignal, poll: () => Promise<void>): Promise<void> {
  while (!stop.aborted) {
    await poll();
    await sleep(BETWEEN_POLLS_MS, undefined, { signal: stop }).catch(() => {});
  }
}
