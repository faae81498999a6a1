import type { RetryReason } from '../shared/retry-reasons.ts';

/** What came of one attempt. Only `delivered` ends the delivery; anything else is tried again. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'retry';
      readonly reason: RetryReason;
      /** The cause in particular, in a word, where there was no answer. */
      readonly detail?: string | undefined;
      /** Absent when the endpoint did not answer. */
      readonly status?: number;
      readonly retryAfterSeconds?: number | undefined;
      /** Host of a redirect's target. Its path may hold a token, and is left out. */
      readonly redirectHost?: string | undefined;
      /** The beginning of the answer's body, at most 1 kB, without control characters. */
      readonly excerpt?: string | undefined;
    };
