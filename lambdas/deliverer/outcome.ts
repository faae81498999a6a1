import type { RetryReason } from '../shared/retry-reasons.ts';

/**
 * What became of one attempt. Only `delivered` ends the delivery; everything else is tried again.
 */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'retry';
      readonly reason: RetryReason;
      /** What it was in particular, in a word, where there was no answer. */
      readonly detail?: string | undefined;
      /** Absent when the endpoint did not answer. */
      readonly status?: number;
      readonly retryAfterSeconds?: number | undefined;
      /** Where a redirect would have led: its host only, as a path may hold a token. */
      readonly redirectHost?: string | undefined;
      /** Beginning of the answer's body, at most 1 kB, without control characters. */
      readonly excerpt?: string | undefined;
    };
