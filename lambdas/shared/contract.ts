/** Names and limits on which infrastructure and functions must agree, written once. */

/** Environment of the poller function. */
export const PollerEnv = {
  webhookName: 'WEBHOOK_NAME',
  tableName: 'TABLE_NAME',
  queueUrl: 'QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  secretId: 'AUTH0_SECRET_ID',
  /** `resource` (P3), or `total` where `concurrentCalls` is 1: one message group for all. */
  order: 'ORDER',
  metrics: 'METRICS',
} as const;

/** Environment of the delivery function. */
export const DelivererEnv = {
  webhookName: 'WEBHOOK_NAME',
  tableName: 'TABLE_NAME',
  queueUrl: 'QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  secretId: 'WEBHOOK_SECRET_ID',
  concurrentCalls: 'CONCURRENT_CALLS',
  /** Attempts that one invocation makes at a time: its share of `concurrentCalls`. */
  sideBySide: 'ATTEMPTS_SIDE_BY_SIDE',
  /** `true` when only a lease in the table keeps two invocations from calling side by side. */
  takesLease: 'TAKES_LEASE',
  retryWindowSeconds: 'RETRY_WINDOW_SECONDS',
  metrics: 'METRICS',
} as const;

/** SQS gives a Lambda function at most 10 records of a FIFO queue at once. */
export const RECORDS_PER_INVOCATION = 10;

/**
 * The poller runs once a minute and ends before the next run begins. After 45 s it begins no new
 * page, which leaves 10 s to enqueue the last one.
 */
export const POLLER_TIMEOUT_SECONDS = 55;
export const POLLER_LAST_PAGE_SECONDS = 45;

/**
 * At this interval an invocation makes one poll, and a second one for entries that were too young.
 * At a shorter one it polls again and again until the next invocation is due.
 */
export const DEFAULT_POLL_EVERY_SECONDS = 60;
/** Such an invocation polls for a minute. A poll that began at its end gets time to end well. */
export const POLLER_LOOP_TIMEOUT_SECONDS = 65;
/** The schedule's event is `{"pollEverySeconds": 60}`. Any other event means one poll. */
export const POLL_EVERY_SECONDS = 'pollEverySeconds';

/** Time for three attempts of the longest time-out (30 s), one after the other. */
export const DELIVERER_TIMEOUT_SECONDS = 90;
/**
 * An attempt starts only while its time-out and this much are left: the ledger's update and the
 * visibility changes come after it.
 */
export const RECORD_RESERVE_SECONDS = 10;
/** AWS asks for at least six times the function's time-out. */
export const VISIBILITY_TIMEOUT_SECONDS = 540;
/** The longest that SQS keeps a message: 14 days. */
export const RETENTION_SECONDS = 14 * 24 * 3600;
/** The most that SQS takes. It is a backstop: code dead-letters when the retry window is over. */
export const MAX_RECEIVE_COUNT = 1_000;
export const DEFAULT_RETRY_WINDOW_SECONDS = 4 * 24 * 3600;

/** A queued message's attributes, ten at most; its body is the exact JSON that is POSTed. */
export const MessageAttribute = {
  ledger: 'ledger',
  batch: 'batch',
  ordinal: 'ordinal',
  logId: 'log_id',
  /** The event's own `date`, for end-to-end time; absent when the log event had none. */
  date: 'date',
  resource: 'resource',
  round: 'round',
  after: 'after', // not on the dead-letter queue, for the three below
  /** The reason for dead-lettering, on the dead-letter queue only. */
  reason: 'reason',
  status: 'status',
  attempts: 'attempts',
} as const;

/** Ledgers that no table has: messages of these are delivered without bookkeeping. */
export const Untracked = {
  /** A test event, which no log has. */
  test: 'test',
  /** An event that is sent again on purpose. */
  replay: 'replay',
} as const;

/** Keys of the state table. */
export const TableKey = { partition: 'pk', sort: 'sk' } as const;

/** CloudWatch namespace, and the one dimension of every metric: the webhook's name. */
export const METRIC_NAMESPACE = 'Auth0ManagementWebhooks';
export const METRIC_DIMENSION = 'Webhook';

/**
 * Custom metrics. Each costs $0.30 a month, by the hour in which it is emitted; those of
 * `OCCASIONAL_METRICS` cost nothing while all is well. Delivered events, attempts, failed attempts,
 * matched and dead-lettered events have no metric of their own, as a sample count or a metric of
 * AWS's tells them (docs/operations.md has the table).
 */
export const Metric = {
  /** Age of the oldest undelivered event in seconds. Every poll emits it, also one that failed. */
  lagSeconds: 'LagSeconds',
  logEventsRead: 'LogEventsRead',
  /** 1 for a poll that Auth0's rate limit ended. */
  pollsRateLimited: 'PollsRateLimited',
  /** Percent of Auth0's retention that has passed since the log was last read to its end. */
  retentionUsed: 'RetentionUsed',
  /**
   * What was found missing: log events that Auth0 no longer has, events that cannot be read again,
   * lost messages.
   */
  gaps: 'Gaps',
  settingsFaults: 'SettingsFaults',
  /**
   * Time of the webhook's 2xx minus the event's date. Its sample count is the number of delivered
   * events.
   */
  endToEndSeconds: 'EndToEndSeconds',
  /** Milliseconds of each attempt. Its sample count is the number of attempts. */
  webhookLatency: 'WebhookLatency',
  /**
   * 1 for an attempt that was answered 410, as the receiver wants no more. It is never emitted as
   * 0, so that it costs only while that happens.
   */
  endpointGone: 'EndpointGone',
} as const;

export type MetricName = (typeof Metric)[keyof typeof Metric];

/**
 * Metrics that are never emitted as 0. Each reports something wrong, and costs only while it is.
 * Their alarms take silence for well.
 */
export const OCCASIONAL_METRICS: readonly string[] = [
  Metric.pollsRateLimited,
  Metric.gaps,
  Metric.settingsFaults,
  Metric.endpointGone,
];

/** `full`, or `essential`: only the metrics below, which the remaining alarms need. */
export const METRICS_LEVELS = ['full', 'essential'] as const;
export type MetricsLevel = (typeof METRICS_LEVELS)[number];
export const ESSENTIAL_METRICS: readonly string[] = [Metric.lagSeconds, Metric.gaps, Metric.settingsFaults];
