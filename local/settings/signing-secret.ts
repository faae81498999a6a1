import * as z from 'zod';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { SecretDefinition } from '../template/resources.ts';

const secret = z.object({ WEBHOOK_SIGNING_SECRET: z.string().min(1) });

/**
 * The signing secret in the secret's value so far. One that somebody has deleted or garbled is
 * generated anew.
 */
export function signingSecretOf(value: string | undefined, definition: SecretDefinition): string {
  const kept = secret.safeParse(jsonOrUndefined(value ?? ''));
  const { WEBHOOK_SIGNING_SECRET } = kept.success
    ? kept.data
    : secret.parse(jsonOrUndefined(definition.initialValue()));
  return WEBHOOK_SIGNING_SECRET.trim();
}
