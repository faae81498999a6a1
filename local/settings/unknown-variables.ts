import { AUTH0_KEYS } from '../../lambdas/shared/settings/auth0-settings.ts';
import { unknownKeys } from '../../lambdas/shared/settings/unknown-keys.ts';
import { WEBHOOK_KEYS } from '../../lambdas/shared/settings/webhook-settings.ts';
import { setValues, type Variables } from './env-file.ts';

/** The environment is everybody's: there only keys that begin as ours do can be meant for us. */
const OUR_BEGINNINGS = /^(AUTH0_|WEBHOOK_|START_FROM|SETTLE_|PAYLOAD|REDACT|SEND_AS_)/;
/** Not a setting, but read from both by what starts the functions. */
const OTHERS = ['NODE_EXTRA_CA_CERTS'];

/**
 * A line for each key of `.env`, and for each of the environment that begins as ours do, that no
 * setting has.
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
