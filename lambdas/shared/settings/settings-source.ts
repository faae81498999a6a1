import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Parsed } from './setting.ts';

/** How long settings are kept. A change of them takes effect within a minute. */
const KEPT_MS = 45_000;
/**
 * How long good settings outlive an outage of Secrets Manager. After that a lost permission must
 * show.
 */
const OUTAGE_MS = 3_600_000;
/**
 * How long good settings are used unasked after a failed reading. A hung service takes 6 s for it,
 * and each invocation would spend those before its first attempt.
 */
const ASK_AGAIN_MS = 10_000;

/** What processes that read the same secret tell each other. Never rejects. */
export interface SharedCheck {
  /**
   * Asks whether another process found this version of the secret current.
   * @returns when it began to read, epoch milliseconds, less than `keptMs` ago; undefined when this
   *   process has to read the secret itself
   */
  verifiedAt(version: string, keptMs: number): Promise<number | undefined>;
  /** Tells the version that was found, if the others wait for it. */
  tell(version: string | undefined, readAt: number): Promise<void>;
}

export interface SourceOptions {
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Milliseconds for which good settings are kept; asked each time. */
  readonly keptMs?: () => number;
  readonly check?: SharedCheck;
}

interface Cached<T> {
  readonly text: string;
  readonly version: string | undefined;
  readonly parsed: Parsed<T>;
  /** When the secret is known to have had this value, epoch milliseconds. */
  readonly readAt: number;
}

/**
 * Makes a function that gives the settings of one secret. Good ones are read again after 45 s,
 * unless another process has just found them current; faulty ones each time.
 */
export function settingsSource<T>(
  client: SecretsManagerClient,
  secretId: string,
  parse: (secret: string) => Parsed<T>,
  { now = Date.now, keptMs = () => KEPT_MS, check }: SourceOptions = {},
): () => Promise<Parsed<T>> {
  let cached: Cached<T> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const good = cached && 'settings' in cached.parsed ? cached : undefined;
    if (good && now() - good.readAt < keptMs()) return good.parsed;
    const outlives = good && now() - good.readAt < OUTAGE_MS ? good : undefined;
    if (outlives && now() - failedAt < ASK_AGAIN_MS) return outlives.parsed;
    const verifiedAt = good?.version && (await check?.verifiedAt(good.version, keptMs()));
    if (good && typeof verifiedAt === 'number') {
      cached = { ...good, readAt: verifiedAt };
      return good.parsed;
    }
    const startedAt = now();
    let secret: Secret;
    try {
      secret = await read(client, secretId);
    } catch (error) {
      // An outage of Secrets Manager alone must not stop the work, so good settings stay good for a
      // while.
      failedAt = now();
      if (outlives) return outlives.parsed;
      throw error;
    }
    await check?.tell(secret.version, startedAt);
    // Unchanged settings stay the same object. What is kept for them, such as open connections,
    // then stays too.
    const parsed = secret.text === cached?.text ? cached.parsed : parse(secret.text);
    cached = { ...secret, parsed, readAt: startedAt };
    return cached.parsed;
  };
}

interface Secret {
  readonly text: string;
  readonly version: string | undefined;
}

async function read(client: SecretsManagerClient, secretId: string): Promise<Secret> {
  try {
    const { SecretString, VersionId } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return { text: SecretString ?? '', version: VersionId };
  } catch (error) {
    // A secret without a value yet: nothing is set.
    if (error instanceof ResourceNotFoundException) return { text: '{}', version: undefined };
    throw error;
  }
}
