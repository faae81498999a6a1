import type { Connection, SecretKind } from '../connect/connection.ts';
import { faultsOf, SECRETS, warningsOf } from '../settings/setting-keys.ts';
import { type Finding, right, wrong } from './check.ts';

/** Checks both secrets, and finds every fault in them. */
export async function checkSettings({ readSecret }: Connection): Promise<readonly Finding[]> {
  const found = await Promise.all(SECRETS.map(async (kind) => ofSecret(kind, await readSecret(kind))));
  return found.flat();
}

function ofSecret(kind: SecretKind, text: string): readonly Finding[] {
  const faults = faultsOf(kind, text);
  if (faults.length > 0) {
    return faults.map(({ key, expected }) =>
      wrong(`${key}: ${expected}`, `auth0-webhooks settings set ${key}`),
    );
  }
  const warnings = warningsOf(kind, text).map(({ key, expected }) =>
    wrong(`${key}: ${expected}`, `auth0-webhooks settings edit ${kind}`),
  );
  return [right(`the settings of ${kind} make sense`), ...warnings];
}
