import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Parsed } from './setting.ts';

/** How long settings are kept, if not said otherwise: each minute's poll reads them again. */
const KEPT_MS = 45_000;
/**
 * How long good settings outlive an outage of Secrets Manager. After that a lost permission must
 * show.
 */
const OUTAGE_MS = 3_600_000;

/**
 * Makes a function that gives the settings of one secret. Good ones are kept for a while, faulty
 * ones are read again each time.
 * @param keptMs milliseconds for which good ones are kept; asked each time
 */
export function settingsSource<T>(
  client: SecretsManagerClient,
  secretId: string,
  parse: (secret: string) => Parsed<T>,
  now: () => number = Date.now,
  keptMs: () => number = () => KEPT_MS,
): () => Promise<Parsed<T>> {
  let cached: { readonly text: string; readonly parsed: Parsed<T>; readonly readAt: number } | undefined;
  return async () => {
    if (cached && 'settings' in cached.parsed && now() - cached.readAt < keptMs()) return cached.parsed;
    let text: string;
    try {
      text = await read(client, secretId);
    } catch (error) {
      // An outage of Secrets Manager alone must not stop the work, so good settings stay good for a
      // while.
      if (cached && 'settings' in cached.parsed && now() - cached.readAt < OUTAGE_MS) return cached.parsed;
      throw error;
    }
    // Unchanged settings stay the same object. What is kept for them, such as open connections,
    // then stays too.
    cached = { text, readAt: now(), parsed: text === cached?.text ? cached.parsed : parse(text) };
    return cached.parsed;
  };
}

async function read(client: SecretsManagerClient, secretId: string): Promise<string> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return SecretString ?? '';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return '{}'; // a secret without a value yet: nothing is set
    throw error;
  }
}
