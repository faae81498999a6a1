import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSEvent } from 'aws-lambda';
import type { InvocationResult } from '../host/invocation.ts';
import { returnedIds } from './batch-response.ts';
import type { MappedQueue } from './mapped-queue.ts';
import { ReceiveAhead, type Received } from './receive-ahead.ts';
import { sqsEvent } from './sqs-event.ts';

/** The pause after the queue could not be read, and between tries of a throttled invocation. */
const PAUSE_MS = 1_000;

export interface MappingOptions {
  readonly queue: MappedQueue;
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
  const { signal } = stopping;
  const source = new ReceiveAhead(options, signal);
  const workers = Array.from({ length: options.maximumConcurrency }, () => work(options, source, signal));
  const receiving = keepReceiving(options, source, signal);
  return {
    async stop() {
      stopping.abort();
      await Promise.all([receiving, ...workers]);
    },
  };
}

async function keepReceiving(
  options: MappingOptions,
  source: ReceiveAhead,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) await telling(options, stopping, () => source.run());
  await source.giveBack().catch(() => {}); // they are visible again after their time, or in the next run
}

/**
 * Invokes with one batch after the other. What is done is deleted while the next invocation runs.
 */
async function work(options: MappingOptions, source: ReceiveAhead, stopping: AbortSignal): Promise<void> {
  let deleting: Promise<void> = Promise.resolve();
  for (let received = await source.take(); received; received = await source.take()) {
    const batch = received;
    let done: readonly string[] = [];
    await telling(options, stopping, async () => {
      done = await handle(options, batch, stopping);
    });
    await deleting;
    deleting = telling(options, stopping, () => remove(options, done));
  }
  await deleting;
}

/** Reports what fails between queue and function, and tries it again after a pause. */
async function telling(
  { onProblem }: MappingOptions,
  stopping: AbortSignal,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (stopping.aborted) return;
    onProblem(`the queue could not be read or written: ${error instanceof Error ? error.message : error}`);
    await pause(stopping);
  }
}

/**
 * Handles one batch.
 * @returns the receipts of the messages that are done
 */
async function handle(
  options: MappingOptions,
  { messages, at }: Received,
  stopping: AbortSignal,
): Promise<readonly string[]> {
  const event = sqsEvent(messages, options.queueArn, options.region);
  options.onEvent?.(event);
  const result = await invoke(options, JSON.stringify(event), at, stopping);
  if (result.kind === 'error') options.onProblem(`${result.errorType}: ${result.message}`);
  const ids = new Set(event.Records.map(({ messageId }) => messageId));
  const returned = returnedIds(result, ids, options.reportsBatchItemFailures);
  return event.Records.filter(({ messageId }) => !returned.has(messageId)).map(
    ({ receiptHandle }) => receiptHandle,
  );
}

/** Invokes the function until it is not throttled, or the messages are visible again. */
async function invoke(
  options: MappingOptions,
  payload: string,
  receivedAt: number,
  stopping: AbortSignal,
): Promise<InvocationResult> {
  const until = receivedAt + options.visibilitySeconds * 1000;
  for (;;) {
    const result = await options.invoke(payload);
    if (result.kind !== 'throttled' || stopping.aborted || Date.now() >= until) return result;
    await pause(stopping);
  }
}

async function remove({ queue, onProblem }: MappingOptions, receipts: readonly string[]): Promise<void> {
  if (receipts.length === 0) return;
  for (const code of await queue.remove(receipts))
    onProblem(`a message could not be deleted (${code}); it is delivered again`);
}

async function pause(stopping: AbortSignal): Promise<void> {
  await sleep(PAUSE_MS, undefined, { signal: stopping }).catch(() => {});
}
