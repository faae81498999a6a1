import { randomBytes } from 'node:crypto';
import { signingSecrets } from '../../lambdas/shared/settings/signing-secrets.ts';
import { CliError } from '../errors.ts';
import { valuesOf } from './setting-keys.ts';

export const SIGNING_SECRET = 'WEBHOOK_SIGNING_SECRET';
/** Standard Webhooks asks for 24 to 64 bytes. */
const BYTES = 32;
const PREFIX = 'whsec_';

/**
 * Signing secrets, newest first, each with the `whsec_` that verifiers expect. Throws a CliError
 * when none of them signs.
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
