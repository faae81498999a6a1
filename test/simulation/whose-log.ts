import type { LogClient } from '../../lambdas/poller/reading/log-client.ts';
import { type Process, UNBOUND } from './process.ts';
import type { Promised } from './promise.ts';

/**
 * Checks that a poll reads only the log of the tenant to which the ledger was bound when it looked.
 */
export function watchedLog(
  client: LogClient,
  tenant: string,
  process: Process,
  promised: Promised,
): LogClient {
  const check = () => {
    const { boundTo = UNBOUND } = process;
    if (boundTo !== UNBOUND && boundTo !== tenant)
      promised.fail('P1', `the log of ${tenant} is read, but the ledger is bound to ${boundTo}`);
  };
  return {
    pauseMs: client.pauseMs,
    page(...args) {
      check();
      return client.page(...args);
    },
    search(...args) {
      check();
      return client.search(...args);
    },
  };
}
