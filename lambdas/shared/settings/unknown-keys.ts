import { nearest } from '../text/nearest.ts';
import type { SettingFault } from './setting-fault.ts';

/**
 * A key of letters and AUTH0's digit may be printed. Anything else may be a secret that was pasted
 * into the place of a key.
 */
const NAME = /^(?:AUTH0)?[a-z_-]{1,40}$/i;

/**
 * Keys that no setting has, each with the nearest one that there is. A misspelt `REDACT` hides
 * nothing, and nobody would notice.
 */
export function unknownKeys(keys: readonly string[], known: readonly string[]): readonly SettingFault[] {
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = nearest(key, known);
      const name = NAME.test(key) ? key : '(a key that may be a secret)';
      return {
        key: name,
        expected: `no setting has this key${meant ? `; did you mean ${meant}?` : elsewhere(key)}`,
      };
    });
}

function elsewhere(key: string): string {
  if (/^WEBHOOK_|^SEND_AS_BATCH$/.test(key)) return ' here; it may belong into the secret of the webhook';
  return /^AUTH0_/.test(key) ? ' here; it may belong into the secret of Auth0' : '';
}
