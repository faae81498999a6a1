import type { Auth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { Auth0Log } from './auth0-log.ts';
import { auth0Settings, OTHER_TENANT, OWN_TENANT } from './fixed-settings.ts';
import type { Simulation } from './simulation.ts';

/** The settings as they are now. */
export function settingsInForce({ narrow, world, deployed, promised }: Simulation): Auth0Settings {
  return auth0Settings({
    narrow,
    settleSeconds: world.settleSeconds ?? 0,
    retentionDays: world.saidDays ?? 1,
    startFrom: world.latestAfterLoss && promised.tableLost ? 'latest' : 'earliest',
    isOther: deployed.isOtherTenant,
  });
}

/** The log that the settings name. */
export function logInForce({ deployed, logs }: Simulation): Auth0Log {
  return deployed.isOtherTenant ? logs.other : logs.own;
}

/** The tenant to which the ledger is bound. */
export function tenantOf({ log, logs }: Simulation): string {
  return log === logs.other ? OTHER_TENANT : OWN_TENANT;
}
