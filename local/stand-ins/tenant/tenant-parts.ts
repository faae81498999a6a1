import { randomBytes } from 'node:crypto';
import type { Life } from './life.ts';
import { createDirectory } from './management/directory.ts';
import type { ManagementEndpoint } from './management/management-endpoint.ts';
import { MANAGEMENT_SCOPE } from './management/routes.ts';
import { createRateLimiter } from './rate-limit.ts';
import type { TenantLog } from './tenant-log.ts';
import type { TENANT_DEFAULTS, TenantOptions } from './tenant-options.ts';
import type { TenantServer } from './tenant-server.ts';
import type { TokenClient } from './token-endpoint.ts';
import { createTokenQuota } from './token-quota.ts';
import { createTokens } from './tokens.ts';

type Settings = TenantOptions & {
  readonly [K in keyof typeof TENANT_DEFAULTS]: Required<TenantOptions>[K];
} & { readonly now: () => number };

/** What the endpoints of a tenant share: its applications, tokens, limits and log. */
export function createParts(
  settings: Settings,
  origin: string,
  { log, life }: { readonly log: TenantLog; readonly life: Life },
) {
  const { scope, latencyMs, tokenSeconds, now } = settings;
  const client = clientOf(settings, scope);
  const manager = clientOf({}, MANAGEMENT_SCOPE);
  const tokens = createTokens(tokenSeconds, now);
  const audience = settings.audience ?? `${origin}/api/v2/`;
  const decideRate = createRateLimiter(settings.rateLimit, now);
  const directory = createDirectory(life.world);
  const management: ManagementEndpoint = {
    log,
    tokens,
    directory,
    decideRate,
    origin,
    clientId: manager.id,
    now,
  };
  const token = {
    origin,
    clients: [client, manager],
    audience,
    tokenSeconds,
    tokens,
    decideQuota: createTokenQuota(settings.tokenQuota, now),
    now,
  };
  const counts = { logs: 0, token: 0, management: 0, pages: 0, tokensIssued: 0, rateLimited: 0 };
  const logs = { log, tokens, decideRate };
  const server: Omit<TenantServer, 'onRequest'> = { origin, latencyMs, token, logs, management, counts };
  return { client, manager, tokens, audience, management, server };
}

function clientOf(
  { clientId, clientSecret, publicKey }: Pick<TenantOptions, 'clientId' | 'clientSecret' | 'publicKey'>,
  scope: string,
): TokenClient {
  return {
    id: clientId ?? randomBytes(24).toString('base64url'),
    secret: clientSecret ?? randomBytes(48).toString('base64url'),
    publicKey,
    scope,
  };
}
