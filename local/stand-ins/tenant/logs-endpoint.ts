import { wholeNumber } from '../../../lambdas/shared/text/whole-number.ts';
import { type Answer, apiError } from './answer.ts';
import { bearerOf, insufficientScope } from './bearer.ts';
import { LOG_ID } from './log-ids.ts';
import { searchLogs } from './log-search.ts';
import type { RateDecision } from './rate-limit.ts';
import type { TenantLog } from './tenant-log.ts';
import type { Tokens } from './tokens.ts';

export interface LogsEndpoint {
  readonly log: TenantLog;
  readonly tokens: Tokens;
  readonly decideRate: () => RateDecision;
}

const MOST_TAKEN = 100;

/**
 * Answers `GET /api/v2/logs`: with `from` the log by id (checkpoint mode), without it a search by
 * date.
 */
export function answerLogs(endpoint: LogsEndpoint, url: URL, authorization: string): Answer {
  const bearer = bearerOf(endpoint.tokens, authorization);
  if ('refusal' in bearer) return bearer.refusal;

  const rate = endpoint.decideRate();
  const answer = rate.allowed
    ? pageOf(endpoint, url, bearer.scopes)
    : apiError(429, 'Global limit has been reached', 'too_many_requests');
  return { ...answer, headers: { ...rate.headers, ...answer.headers } };
}

function pageOf({ log }: LogsEndpoint, url: URL, scopes: readonly string[]): Answer {
  if (!scopes.includes('read:logs')) return insufficientScope('read:logs');
  const from = url.searchParams.get('from');
  return from === null ? searchLogs(log, url.searchParams) : checkpoint(log, url, from);
}

/**
 * Answers in checkpoint mode. Parameters other than `from` and `take` are ignored, as Auth0 does.
 */
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
