import { wholeNumber } from '../../../lambdas/shared/text/whole-number.ts';
import { type Answer, apiError } from './answer.ts';
import type { StoredEntry } from './log-source.ts';
import type { TenantLog } from './tenant-log.ts';

/** Entries that Auth0 serves by search at most; `from` and `take` have no such end. */
const MOST = 1_000;
/**
 * Entries that are searched. Ingestion lags `date` by minutes at most (docs/log-api.md), so the
 * first 1,000 by date are among these by id.
 */
const WINDOW = 10_000;

/**
 * Parameters that are understood. Auth0 has `q` and `fields`, too. They are refused here, as an
 * answer that ignored them would mislead.
 */
const KNOWN = new Set(['page', 'per_page', 'sort', 'include_totals', 'take']);

/**
 * Answers `GET /api/v2/logs` in search mode: pages by `date`, newest first unless `sort=date:1`.
 */
export function searchLogs(log: TenantLog, parameters: URLSearchParams): Answer {
  const unknown = [...parameters.keys()].find((key) => !KNOWN.has(key));
  if (unknown !== undefined) return queryError(`Additional properties not allowed: ${unknown}`);
  const page = wholeNumber(parameters.get('page') ?? '0', 0, 1_000_000);
  const perPage = wholeNumber(parameters.get('per_page') ?? '50', 1, 100);
  const sort = parameters.get('sort') ?? 'date:-1';
  if (page === undefined) return queryError('Expected type integer but found another for page');
  if (perPage === undefined) return queryError('per_page must be between 1 and 100');
  if (sort !== 'date:1' && sort !== 'date:-1') return queryError('sort must be date:1 or date:-1');
  if ((page + 1) * perPage > MOST) return tooDeep(page);

  const start = page * perPage;
  const logs = byDate(log, sort).slice(start, start + perPage);
  if (parameters.get('include_totals') !== 'true') return { status: 200, body: logs };
  return { status: 200, body: { start, limit: perPage, length: logs.length, total: log.size(), logs } };
}

function byDate(log: TenantLog, sort: 'date:1' | 'date:-1'): StoredEntry[] {
  const direction = sort === 'date:1' ? 1 : -1;
  const entries = log.edge(sort === 'date:1' ? 'oldest' : 'newest', WINDOW);
  return entries.sort((a, b) => direction * (String(a.date) < String(b.date) ? -1 : 1));
}

function queryError(message: string): Answer {
  return apiError(400, `Query validation error: '${message}'`, 'invalid_query_string');
}

function tooDeep(page: number): Answer {
  const advice = 'Please refine your search or use checkpoint pagination with from and take';
  return apiError(400, `Requesting page ${page} exceeds the allowed maximum of ${MOST} records. ${advice}.`);
}
