import { createServer } from 'node:http';
import * as z from 'zod';
import { closeServer, listenOnLoopback, type Service } from '../http-server.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../services/identity.ts';
import { type Answer, answerJson, faultOf } from '../services/json-protocol.ts';
import { fifoQueue } from './fifo-queue.ts';
import { openMessages } from './message-table.ts';
import { OPERATIONS } from './operations.ts';
import { queueSettings } from './queue-settings.ts';
import type { ServedQueue } from './served-queue.ts';
import { SqsError } from './sqs-error.ts';

export interface QueueService extends Service {
  urlOf(name: string): string;
  /** Makes the queue, or gives an existing one these attributes. Its messages stay. */
  createQueue(name: string, attributes: Readonly<Record<string, string>>): void;
  /**
   * What a request of that operation answers, without the request. Throws as it would refuse.
   * @param gone the caller waits no longer
   */
  call(operation: string, input: object, gone: AbortSignal): Promise<object>;
}

/**
 * Starts an SQS endpoint on the SQLite file in `folder`. Messages that an earlier run left there
 * are kept.
 */
export async function startQueues(folder: string): Promise<QueueService> {
  const database = openMessages(folder);
  const queues = new Map<string, ServedQueue>();

  const find = (queueUrl: string): ServedQueue => {
    const found = queues.get(queueUrl.slice(queueUrl.lastIndexOf('/') + 1));
    if (!found) throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found;
  };
  const server = createServer((request, response) =>
    answerJson(request, response, (target, input, gone) => answer(target, input, find, gone)),
  );
  const url = await listenOnLoopback(server);

  return {
    url,
    urlOf: (name) => `${url}/${LOCAL_ACCOUNT}/${name}`,
    createQueue(name, given) {
      const settings = queueSettings(given);
      queues.set(name, {
        fifo: fifoQueue(database, name, settings, Date.now),
        changes: queues.get(name)?.changes ?? new EventTarget(),
        attributes: { ...given, QueueArn: queueArn(name) },
        visibilitySeconds: settings.visibilitySeconds,
      });
    },
    async call(operation, input, gone) {
      return (await OPERATIONS[operation]?.(input, find, gone)) ?? {};
    },
    async close() {
      await closeServer(server);
      if (database.isOpen) database.close();
    },
  };
}

export function queueArn(name: string): string {
  return `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
}

async function answer(
  target: string,
  input: unknown,
  find: (url: string) => ServedQueue,
  gone: AbortSignal,
): Promise<Answer> {
  const operation = OPERATIONS[target.replace(/^AmazonSQS\./, '')];
  if (!operation) return refusal('UnsupportedOperation', `Local mode does not know ${target}.`);
  try {
    return { status: 200, body: JSON.stringify(await operation(input, find, gone)) };
  } catch (error) {
    if (error instanceof SqsError) return refusal(error.code, error.message);
    if (error instanceof z.ZodError) return refusal('InvalidParameterValue', z.prettifyError(error));
    return faultOf(error);
  }
}

function refusal(code: string, message: string): Answer {
  return { status: 400, body: JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }) };
}
