import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import { closeServer, listenOnPort } from '../../http-server.ts';
import { apiError } from './answer.ts';
import { certificates } from './certificates.ts';
import { send, type TenantFault, type TenantRequest } from './fault.ts';
import { writeHistory } from './history.ts';
import type { Act } from './life/acts.ts';
import { createLife } from './life.ts';
import { startLiving } from './live.ts';
import type { LogEntry, StoredEntry } from './log-source.ts';
import { createRateLimiter } from './rate-limit.ts';
import { type AppendOptions, createTenantLog } from './tenant-log.ts';
import { TENANT_DEFAULTS, type TenantOptions } from './tenant-options.ts';
import { type RequestCounts, serve, type TenantServer } from './tenant-server.ts';
import type { TokenClient } from './token-endpoint.ts';
import { createTokenQuota } from './token-quota.ts';
import { createTokens } from './tokens.ts';

/**
 * A simulated Auth0 tenant: https on loopback, `/oauth/token` and `/api/v2/logs` with the real
 * semantics.
 */
export interface Tenant {
  /** `localhost:PORT`. */
  readonly domain: string;
  /** The CA to trust, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Asked before each request is answered; what it returns goes wrong with that request. */
  onRequest?: (request: TenantRequest) => TenantFault | undefined;
  /** Gives entries without one a `log_id` by the time of ingestion; the ids, in order. */
  append(entries: LogEntry | readonly LogEntry[], options?: AppendOptions): string[];
  /** Has something happen now; its entry's id, or undefined when it cannot. */
  act(act: Act): string | undefined;
  /** All that the log serves now, by id. */
  entries(): StoredEntry[];
  requests(): Readonly<RequestCounts>;
  /** Every token issued so far is answered with 401 from now on. */
  revokeTokens(): void;
  /** From now on only this secret is accepted; tokens stay good. */
  rotateClientSecret(clientSecret: string): void;
  /** Breaks open connections, hanging ones too. */
  stop(): Promise<void>;
}

export async function startTenant(options: TenantOptions): Promise<Tenant> {
  const history = options.history ?? (options.source ? 0 : 300);
  const settings = { ...TENANT_DEFAULTS, now: Date.now, ...options, history };
  const { scope, latencyMs, tokenSeconds, now } = settings;
  const { caFile, cert, key } = await certificates(options.directory);
  const client = clientOf(options);
  const tokens = createTokens(tokenSeconds, now);
  const { log, life, stopLiving } = livingLog(settings);
  const counts: RequestCounts = { logs: 0, token: 0, pages: 0, tokensIssued: 0, rateLimited: 0 };

  const server = createServer({ cert, key }, (request, response) => {
    serve(handling, request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, apiError(500, String(error))); // a hook of the caller's that threw
    });
  });
  const domain = `localhost:${await listenOnPort(server, settings.port)}`;
  const origin = `https://${domain}`;
  const handling: TenantServer = {
    origin,
    latencyMs,
    token: {
      origin,
      client,
      audience: options.audience ?? `${origin}/api/v2/`,
      scope,
      tokenSeconds,
      tokens,
      decideQuota: createTokenQuota(options.tokenQuota, now),
      now,
    },
    logs: { log, tokens, decideRate: createRateLimiter(options.rateLimit, now), scope },
    onRequest: () => tenant.onRequest,
    counts,
  };

  const tenant: Tenant = {
    domain,
    caFile,
    clientId: client.id,
    get clientSecret() {
      return client.secret;
    },
    append: log.append,
    act(act) {
      const entry = life.act(act, now());
      return entry && log.append(entry)[0];
    },
    entries: () => log.after('', log.size()),
    requests: () => ({ ...counts }),
    revokeTokens: () => tokens.revoke(),
    rotateClientSecret(secret) {
      client.secret = secret;
    },
    async stop() {
      stopLiving();
      await closeServer(server);
    },
  };
  return tenant;
}

function clientOf({ clientId, clientSecret, publicKey }: TenantOptions): TokenClient {
  return {
    id: clientId ?? randomBytes(24).toString('base64url'),
    secret: clientSecret ?? randomBytes(48).toString('base64url'),
    publicKey,
  };
}

type LogSettings = Pick<TenantOptions, 'source'> &
  Required<Pick<TenantOptions, 'prefix' | 'retentionSeconds' | 'seed' | 'history' | 'live' | 'now'>>;

/** The log with its history, and what stops its going on. */
function livingLog(settings: LogSettings) {
  const { prefix, retentionSeconds, now, source, seed, history, live } = settings;
  const log = createTenantLog({ prefix, retentionMs: retentionSeconds * 1000, now, source });
  const life = createLife(seed);
  writeHistory(log, life, history, now());
  return { log, life, stopLiving: live ? startLiving(log, life, seed, now) : () => {} };
}
