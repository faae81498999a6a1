import { nearest } from '../text/nearest.ts';
import type { SettingFault } from './setting-fault.ts';

/**
 * A key that may be printed: letters, and AUTH0's digit. Anything else may be a secret that was
 * pasted in a key's place.
 */
const NAME = /^(?:AUTH0)?[a-z_-]{1,40}$/i;

/**
 * Finds keys that no setting has, each with the nearest one that there is. A misspelt `REDACT`
 * hides nothing, and nobody would notice.
 */
export function unknownKeys(keys: readonly string[], known: readonly string[]): readonly SettingFault[] {
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = fuller(key, known) ?? nearest(key, known);
      const name = NAME.test(key) ? key : '(a key that may be a secret)';
      return {
        key: name,
        expected: `no setting has this key${meant ? `; did you mean ${meant}?` : elsewhere(key, known)}`,
      };
    });
}

/**
 * The one known key that has all words of this one in their order: `WEBHOOK_TIMEOUT` leaves some
 * out.
 */
function fuller(key: string, known: readonly string[]): string | undefined {
  const words = key.toUpperCase().split(/[^A-Z0-9]+/);
  const found = known.filter((each) => {
    const all = each.split('_');
    return words.every((word) => all.some((other, at) => other === word && all.splice(0, at + 1)));
  });
  return words.length > 1 && found.length === 1 ? found[0] : undefined;
}

function elsewhere(key: string, known: readonly string[]): string {
  const isOfWebhook = known.includes('WEBHOOK_URL');
  if (!isOfWebhook && /^WEBHOOK_|^SEND_AS_BATCH$/.test(key))
    return ' here; it may belong into the secret of the webhook';
  return isOfWebhook && /^AUTH0_/.test(key) ? ' here; it may belong into the secret of Auth0' : '';
}
