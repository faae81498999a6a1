import type { SQSBatchResponse } from 'aws-lambda';

/** A change of the settings takes effect within a minute. */
const KEPT_WHILE_WELL_MS = 45_000;
/**
 * While calls fail, somebody may be correcting the settings. To read them for each invocation would
 * cost as much as the invocation.
 */
const KEPT_IN_TROUBLE_MS = 15_000;

/** Settings as one process of the delivery function keeps them. */
export interface KeptSettings<T> {
  readonly settings: () => Promise<T>;
  /** Runs an invocation, and learns from its end whether all is well. */
  during(invocation: () => Promise<SQSBatchResponse>): Promise<SQSBatchResponse>;
}

/**
 * Keeps settings for 45 s while invocations deliver all that they get. After one that returned a
 * record (a failed attempt, an endpoint that is paused or limits) or broke off, for 15 s.
 * @param sourceOf makes the source, which reads settings again that are older than `keptMs`
 */
export function keepSettings<T>(sourceOf: (keptMs: () => number) => () => Promise<T>): KeptSettings<T> {
  let isWell = true;
  return {
    settings: sourceOf(() => (isWell ? KEPT_WHILE_WELL_MS : KEPT_IN_TROUBLE_MS)),

    async during(invocation) {
      try {
        const answer = await invocation();
        isWell = answer.batchItemFailures.length === 0;
        return answer;
      } catch (error) {
        isWell = false;
        throw error;
      }
    },
  };
}
