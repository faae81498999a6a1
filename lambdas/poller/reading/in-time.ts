import { DEFAULT_LIMIT, type LogClient, type ReadLimit } from './log-client.ts';

/**
 * Bounds every request by the time that the poll has left. A poll that is killed tells nothing, and
 * loses its token, of which Auth0 may give 50 a day.
 * @param timeLeftMs less what the poll needs to end well
 */
export function inTime(log: LogClient, timeLeftMs: () => number): LogClient {
  const bounded = ({ timeoutMs }: ReadLimit = DEFAULT_LIMIT): ReadLimit => ({
    timeoutMs: Math.min(timeoutMs, timeLeftMs()),
  });
  return {
    page: (from, limit) => log.page(from, bounded(limit)),
    search: (sort, limit) => log.search(sort, bounded(limit)),
    pauseMs: () => log.pauseMs(),
  };
}
