/** One question that people ask of the logs, in the language of CloudWatch Logs Insights. */
export interface LogQuery {
  readonly title: string;
  readonly functions: readonly ('poller' | 'deliverer')[];
  /** One command a line; docs/operations.md shows the same. */
  readonly lines: readonly string[];
}

/**
 * Queries that are saved in CloudWatch. `docs/operations.md` has them word for word (a test
 * compares).
 */
export const SAVED_QUERIES = {
  failedAttempts: {
    title: 'Which attempts failed, why, and when is the next try?',
    functions: ['deliverer'],
    lines: [
      'filter event = "delivery.attempted" and outcome != "delivered"',
      'fields time, logId, resource, status, reason, detail, attempt, outcome, nextAttemptAt',
      'sort @timestamp desc',
      'limit 100',
    ],
  },
  oneEvent: {
    title: 'What happened to one event? (put its log_id in)',
    functions: ['poller', 'deliverer'],
    lines: [
      'filter logId = "LOG_ID"',
      'fields time, event, resource, batch, ordinal, attempt, status, reason, detail, outcome, nextAttemptAt, requestId',
      'sort @timestamp asc',
    ],
  },
  polls: {
    title: 'What did the polls read, and why did the rest not match?',
    functions: ['poller'],
    lines: [
      'filter event in ["poll.completed", "poll.failed"]',
      'fields time, event, read, matched, notType, notEndpoint, notMethod, excludedClient, stoppedBy, pending, lagSeconds, reason',
      'sort @timestamp desc',
      'limit 100',
    ],
  },
  troubles: {
    title: 'What went wrong, anywhere?',
    functions: ['poller', 'deliverer'],
    lines: [
      // Lines with levels in capitals and with `record` are Lambda's own: a time-out, a lack of
      // memory, an uncaught error.
      'filter level in ["warn", "error", "WARN", "ERROR"] or record.status in ["timeout", "error", "failure"]',
      'stats count(*) as times, min(@timestamp) as first, max(@timestamp) as last by event, reason, secret, record.status, errorType',
      'sort last desc',
    ],
  },
  slowest: {
    title: 'Which resources wait, and how slow is the webhook?',
    functions: ['deliverer'],
    lines: [
      'filter event = "delivery.attempted"',
      'stats count(*) as attempts, max(attempt) as mostTries, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99, latest(outcome) as last by resource',
      'sort mostTries desc, p99 desc',
      'limit 50',
    ],
  },
} as const satisfies Record<string, LogQuery>;

/** Queries that are on the dashboard only. */
export const WIDGET_QUERIES = {
  endpoint: {
    title: 'Is the endpoint paused? The newest line says',
    functions: ['deliverer'],
    lines: [
      'filter event in ["endpoint.paused", "endpoint.resumed"]',
      'fields time, event, since, reason, probes',
      'sort @timestamp desc',
      'limit 5',
    ],
  },
  statusClasses: {
    title: 'Answers of the webhook, by class',
    functions: ['deliverer'],
    lines: ['filter event = "delivery.attempted"', 'stats count(*) as attempts by statusClass'],
  },
  rateLimitLeft: {
    title: "Requests that Auth0's rate limit had left, at the least",
    functions: ['poller'],
    lines: ['filter ispresent(rateLimitRemaining)', 'stats min(rateLimitRemaining) as left by bin(5m)'],
  },
} as const satisfies Record<string, LogQuery>;
