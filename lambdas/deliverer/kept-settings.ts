import type { SQSBatchResponse } from 'aws-lambda';

/**
 * Records come once a minute, with the poll. Settings that are kept a little longer are read for
 * every other minute's records, at half the price. A change of them takes effect when they are that
 * old, also while every call succeeds, such as those to a wrong URL.
 */
const KEPT_WHILE_WELL_MS = 75_000;
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
 * Keeps settings for 75 s while invocations deliver all that they get. After one that returned a
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
