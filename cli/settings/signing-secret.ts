import { randomBytes } from 'node:crypto';
import { signingSecrets } from '../../lambdas/shared/settings/signing-secrets.ts';
import { CliError } from '../errors.ts';
import { valuesOf } from './setting-keys.ts';

export const SIGNING_SECRET = 'WEBHOOK_SIGNING_SECRET';
/** Standard Webhooks wants 24 to 64 bytes. */
const BYTES = 32;
const PREFIX = 'whsec_';

/**
 * With `whsec_`, as verifiers want them; the first is the newest. Throws a CliError when there is
 * none that signs.
 */
export function signingSecretsIn(webhookSecret: string): readonly string[] {
  const value = valuesOf('webhook', webhookSecret)[SIGNING_SECRET];
  const secrets = typeof value === 'string' ? signingSecrets(value.trim()) : undefined;
  if (secrets) return secrets.map((secret) => PREFIX + secret);
  throw new CliError(`${SIGNING_SECRET} is missing or wrong: see \`auth0-webhooks settings check\``);
}

export function newSigningSecret(): string {
  return PREFIX + randomBytes(BYTES).toString('base64');
}
