/** Why an attempt did not deliver, in one word; docs/receiving.md says of each what to do. */
export const RETRY_REASONS = [
  'status',
  'redirect',
  'gone',
  'rate-limited',
  'timeout-connect',
  'timeout-response',
  'connection',
  'dns',
  'tls',
  'private-address',
  'malformed-response',
] as const;

export type RetryReason = (typeof RETRY_REASONS)[number];
