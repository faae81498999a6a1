import { AUTH0_KEYS, parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { SettingFault } from '../../lambdas/shared/settings/setting-fault.ts';
import { parseWebhookSettings, WEBHOOK_KEYS } from '../../lambdas/shared/settings/webhook-settings.ts';
import { isObject, jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { nearest } from '../../lambdas/shared/text/nearest.ts';
import type { SecretKind } from '../connect/connection.ts';
import { CliError } from '../errors.ts';

export const SECRETS: readonly SecretKind[] = ['auth0', 'webhook'];

const KEYS: Readonly<Record<SecretKind, readonly string[]>> = { auth0: AUTH0_KEYS, webhook: WEBHOOK_KEYS };

/**
 * Settings that are shown by their length only. WEBHOOK_URL is one, as its path or query may hold a
 * token.
 */
const HIDDEN = new Set([
  'AUTH0_CLIENT_SECRET',
  'AUTH0_PRIVATE_KEY',
  'WEBHOOK_URL',
  'WEBHOOK_AUTHORIZATION',
  'WEBHOOK_HEADERS',
  'WEBHOOK_SIGNING_SECRET',
  'WEBHOOK_CLIENT_KEY',
]);

/** Settings that are shown when they are asked for by name. */
const SHOWN_BY_NAME = new Set(['WEBHOOK_URL']);

/** The secret that holds a key. Throws a CliError that names the nearest key. */
export function secretOf(key: string): SecretKind {
  const found = SECRETS.find((kind) => KEYS[kind].includes(key));
  if (found) return found;
  const all = SECRETS.flatMap((kind) => KEYS[kind]);
  const near = nearest(key, all);
  throw new CliError(
    `there is no setting "${key}": ${near ? `did you mean ${near}?` : `the settings are ${all.join(', ')}`}`,
    2,
  );
}

/** Parses a secret. Throws a CliError when its text is no JSON object. */
export function valuesOf(kind: SecretKind, text: string): Readonly<Record<string, unknown>> {
  const values = jsonOrUndefined(text);
  if (isObject(values)) return values;
  throw new CliError(
    `the secret ${kind} is no JSON object: mend it by \`auth0-webhooks settings edit ${kind}\``,
  );
}

export function faultsOf(kind: SecretKind, text: string): readonly SettingFault[] {
  const parsed = kind === 'auth0' ? parseAuth0Settings(text) : parseWebhookSettings(text);
  return 'faults' in parsed ? parsed.faults : [];
}

export function warningsOf(kind: SecretKind, text: string): readonly SettingFault[] {
  const parsed = kind === 'auth0' ? parseAuth0Settings(text) : parseWebhookSettings(text);
  return 'faults' in parsed ? [] : (parsed.warnings ?? []);
}

/** A setting's value as it may be shown. */
export function shown(key: string, value: unknown, isAsked = false): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (!HIDDEN.has(key) || (isAsked && SHOWN_BY_NAME.has(key))) return text;
  return `(${text.length} characters, not shown)`;
}
