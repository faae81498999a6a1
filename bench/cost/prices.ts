/**
 * List prices in dollars, us-east-1, without any free tier, as of 2026-11-25. Sources:
 * aws.amazon.com/lambda/pricing (arm64), /sqs/pricing, /dynamodb/pricing/on-demand,
 * /secrets-manager/pricing, /cloudwatch/pricing. Auth0 takes nothing for reading its log.
 */
export const PRICES_OF = '2026-11-25';

const MILLION = 1_000_000;

export const PRICES = {
  lambdaGbSecond: 0.000_013_333_4,
  lambdaInvocation: 0.2 / MILLION,
  /** FIFO. Each 64 KB of payload count as one request. */
  sqsRequest: 0.5 / MILLION,
  readUnit: 0.125 / MILLION,
  writeUnit: 0.625 / MILLION,
  secretRead: 0.05 / 10_000,
  logGb: 0.5,
  /** For a month. */
  logGbKept: 0.03,
  dashboard: 3,
  alarmMetric: 0.1,
  customMetric: 0.3,
  secret: 0.4,
} as const;

/**
 * What others charge for a million events a month at list prices, by their own pages and by a
 * comparison of Svix and Hookdeck from 2026. Fixed parts such as alarms are theirs only where they
 * are named.
 */
export const ALTERNATIVES = [
  {
    name: 'SQS, Pipe, EventBridge API destination',
    aMonth: '$5 (monitoring like ours among it)',
    aHundredMillion: '$81',
    missing: 'reading Auth0; signatures, time-outs over 5 s, order, mTLS, a log of attempts',
  },
  {
    name: 'custom events, EventBridge API destination',
    aMonth: '$5.30',
    aHundredMillion: '$129',
    missing: 'the same; 300 requests a second at most by default',
  },
  {
    name: 'Outpost, managed',
    aMonth: '$10',
    aHundredMillion: '$1,000',
    missing: 'reading Auth0; order, Retry-After, jitter',
  },
  {
    name: 'Hookdeck Event Gateway',
    aMonth: '$39, more for throughput',
    aHundredMillion: '$499 and more',
    missing: 'reading Auth0; order; your own account',
  },
  {
    name: 'Svix',
    aMonth: '$490 (50,000 are free)',
    aHundredMillion: 'quoted',
    missing: 'reading Auth0; self-hosting is another product',
  },
  {
    name: "Auth0's own Log Streams",
    aMonth: 'part of paid plans',
    aHundredMillion: 'part of paid plans',
    missing: 'on the free plan everything; order, retries for days, a dead-letter queue',
  },
] as const;

/**
 * Milliseconds that calls are taken to last: Auth0 with a new connection each poll, a webhook as in
 * others' estimates, AWS's services as they usually answer within a region.
 */
export const LATENCIES = {
  pageMs: 150,
  webhookMs: 200,
  readMs: 5,
  writeMs: 5,
  sqsMs: 8,
  secretMs: 20,
} as const;
