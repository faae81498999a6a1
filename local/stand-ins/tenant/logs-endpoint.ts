import { wholeNumber } from '../../../lambdas/shared/text/whole-number.ts';
import { type Answer, apiError } from './answer.ts';
import { LOG_ID } from './log-ids.ts';
import { searchLogs } from './log-search.ts';
import type { RateDecision } from './rate-limit.ts';
import type { TenantLog } from './tenant-log.ts';
import type { Tokens } from './tokens.ts';

export interface LogsEndpoint {
  readonly log: TenantLog;
  readonly tokens: Tokens;
  readonly decideRate: () => RateDecision;
  /** Scopes of the application, separated by spaces. */
  readonly scope: string;
}

const MOST_TAKEN = 100;

/** `GET /api/v2/logs`: with `from` the log by id (checkpoint mode), without it a search by date. */
export function answerLogs(endpoint: LogsEndpoint, url: URL, authorization: string): Answer {
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  if (token === undefined) return apiError(401, 'Missing authentication');
  if (!endpoint.tokens.isGood(token)) return apiError(401, 'Invalid token');

  const rate = endpoint.decideRate();
  const answer = rate.allowed
    ? pageOf(endpoint, url)
    : apiError(429, 'Global limit has been reached', 'too_many_requests');
  return { ...answer, headers: { ...rate.headers, ...answer.headers } };
}

function pageOf({ log, scope }: LogsEndpoint, url: URL): Answer {
  if (!scope.split(' ').includes('read:logs')) {
    return apiError(403, 'Insufficient scope, expected any of: read:logs', 'insufficient_scope');
  }
  const from = url.searchParams.get('from');
  return from === null ? searchLogs(log, url.searchParams) : checkpoint(log, url, from);
}

/** Other parameters than `from` and `take` are ignored, as Auth0 does. */
function checkpoint(log: TenantLog, url: URL, from: string): Answer {
  const take = wholeNumber(url.searchParams.get('take') ?? '50', 1, MOST_TAKEN);
  if (from !== '' && !LOG_ID.test(from)) {
    return apiError(
      400,
      `Query validation error: 'Invalid checkpoint value in from'`,
      'invalid_query_string',
    );
  }
  if (take === undefined) {
    return apiError(400, `Query validation error: 'take must be between 1 and 100'`, 'invalid_query_string');
  }
  const entries = log.after(from, take);
  const next = new URL(url);
  next.search = new URLSearchParams({ take: String(take), from: entries.at(-1)?.log_id ?? from }).toString();
  const link = entries.length === 0 ? url : next; // nothing new: the same page again
  return { status: 200, body: entries, headers: { link: `<${link.href}>; rel="next"` } };
}
