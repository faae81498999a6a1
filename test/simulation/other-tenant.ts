import type { LogClient } from '../../lambdas/poller/reading/log-client.ts';
import { auth0Client } from './auth0-client.ts';
import { Auth0Log } from './auth0-log.ts';
import type { Process } from './process.ts';
import type { Simulation } from './simulation.ts';

/**
 * The log of the tenant that the settings name by mistake. It is of the same region, so that its
 * ids look like ours. Whoever reads it breaks the promise.
 */
export function otherTenantsLog(sim: Simulation, process: Process): LogClient {
  const log = new Auth0Log(() => sim.now, sim.world.page);
  log.append('z', sim.now - 10_000);
  const client = auth0Client(log, process, { pass: sim.pass, slowMs: 0, onLie: () => {} });
  const refuse = () => sim.promised.fail('P1', "another tenant's log is read");
  return {
    pauseMs: client.pauseMs,
    page(...args) {
      refuse();
      return client.page(...args);
    },
    search(...args) {
      refuse();
      return client.search(...args);
    },
  };
}
