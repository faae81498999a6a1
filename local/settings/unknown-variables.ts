import { AUTH0_KEYS } from '../../lambdas/shared/settings/auth0-settings.ts';
import { unknownKeys } from '../../lambdas/shared/settings/unknown-keys.ts';
import { WEBHOOK_KEYS } from '../../lambdas/shared/settings/webhook-settings.ts';
import { setValues, type Variables } from './env-file.ts';

/**
 * Beginnings of our keys. The environment is everybody's, and only keys that begin so can be meant
 * for us.
 */
const OUR_BEGINNINGS = /^(AUTH0_|WEBHOOK_|START_FROM|SETTLE_|PAYLOAD|REDACT|SEND_AS_)/;
/** Keys that are no settings, but that the functions' start reads from both. */
const OTHERS = ['NODE_EXTRA_CA_CERTS'];

/**
 * A line for each key that no setting has: of `.env`, and of those in the environment that begin as
 * ours do.
 */
export function unknownVariables(file: Variables, environment: Variables): readonly string[] {
  const set = (variables: Variables) => Object.keys(setValues(variables, Object.keys(variables)));
  const known = [...AUTH0_KEYS, ...WEBHOOK_KEYS, ...OTHERS];
  const ours = set(environment).filter((key) => OUR_BEGINNINGS.test(key) && !(key in file));
  return [
    ...unknownKeys(set(file), known).map(({ key, expected }) => `.env: ${key}: ${expected}`),
    ...unknownKeys(ours, known).map(({ key, expected }) => `environment: ${key}: ${expected}`),
  ];
}
