import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import type { InvocationResult } from '../host/invocation.ts';
import { returnedIds } from './batch-response.ts';
import { sqsEvent } from './sqs-event.ts';

/** SQS's longest long poll. */
const WAIT_SECONDS = 20;
/** The pause after the queue could not be read, and between tries of a throttled invocation. */
const PAUSE_MS = 1_000;

export interface MappingOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  /** Invocations at a time. */
  readonly maximumConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
  /**
   * Seconds for which a received message is hidden. A throttled invocation is tried again within
   * that time.
   */
  readonly visibilitySeconds: number;
  /** Invokes the function; `payload` is the event's JSON. Never rejects. */
  readonly invoke: (payload: string) => Promise<InvocationResult>;
  /** Called with each event that is handed to the function. */
  readonly onEvent?: ((event: SQSEvent) => void) | undefined;
  /** Called when something goes wrong between queue and function. The mapping goes on by itself. */
  readonly onProblem: (message: string) => void;
}

export interface EventSourceMapping {
  /**
   * Receives no more. Resolves when the invocations in flight have ended and their messages are
   * deleted.
   */
  stop(): Promise<void>;
}

/**
 * Reads a queue and invokes a function with what it receives, as Lambda's event source mapping
 * does.
 */
export function startEventSourceMapping(options: MappingOptions): EventSourceMapping {
  const stopping = new AbortController();
  const workers = Array.from({ length: options.maximumConcurrency }, () => work(options, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(workers);
    },
  };
}

async function work(options: MappingOptions, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const messages = await receive(options, stopping);
      if (messages.length > 0) await handle(options, messages, stopping);
    } catch (error) {
      if (stopping.aborted) return;
      options.onProblem(
        `the queue could not be read or written: ${error instanceof Error ? error.message : error}`,
      );
      await pause(stopping);
    }
  }
}

async function receive(
  { client, queueUrl, batchSize }: MappingOptions,
  stopping: AbortSignal,
): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: batchSize,
    WaitTimeSeconds: WAIT_SECONDS,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages = [] } = await client.send(command, { abortSignal: stopping });
  return Messages;
}

async function handle(
  options: MappingOptions,
  messages: readonly Message[],
  stopping: AbortSignal,
): Promise<void> {
  const event = sqsEvent(messages, options.queueArn, options.region);
  options.onEvent?.(event);
  const result = await invoke(options, JSON.stringify(event), stopping);
  if (result.kind === 'error') options.onProblem(`${result.errorType}: ${result.message}`);
  const ids = new Set(event.Records.map(({ messageId }) => messageId));
  const returned = returnedIds(result, ids, options.reportsBatchItemFailures);
  const done = event.Records.filter(({ messageId }) => !returned.has(messageId));
  if (done.length > 0)
    await remove(
      options,
      done.map(({ receiptHandle }) => receiptHandle),
    );
}

/** Invokes the function until it is not throttled, or the messages are visible again. */
async function invoke(
  options: MappingOptions,
  payload: string,
  stopping: AbortSignal,
): Promise<InvocationResult> {
  const until = Date.now() + options.visibilitySeconds * 1000;
  for (;;) {
    const result = await options.invoke(payload);
    if (result.kind !== 'throttled' || stopping.aborted || Date.now() >= until) return result;
    await pause(stopping);
  }
}

async function remove(
  { client, queueUrl, onProblem }: MappingOptions,
  handles: readonly string[],
): Promise<void> {
  const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
  const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  for (const { Code } of Failed) onProblem(`a message could not be deleted (${Code}); it is delivered again`);
}

async function pause(stopping: AbortSignal): Promise<void> {
  await sleep(PAUSE_MS, undefined, { signal: stopping }).catch(() => {});
}
