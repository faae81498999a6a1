import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { apiError } from './answer.ts';
import { certificates } from './certificates.ts';
import { type Fault, send, type TenantRequest } from './fault.ts';
import { writeHistory } from './history.ts';
import { createLife } from './life.ts';
import { listeningPort } from './listening-port.ts';
import { startLiving } from './live.ts';
import type { LogEntry, StoredEntry } from './log-source.ts';
import { createRateLimiter } from './rate-limit.ts';
import { type AppendOptions, createTenantLog } from './tenant-log.ts';
import { TENANT_DEFAULTS, type TenantOptions } from './tenant-options.ts';
import { type RequestCounts, serve } from './tenant-server.ts';
import { createTokens } from './tokens.ts';

/** A simulated Auth0 tenant: https on loopback, `/oauth/token` and `/api/v2/logs` with the real semantics. */
export interface Tenant {
  /** `localhost:PORT`. */
  readonly domain: string;
  /** The CA to trust, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Asked before each request is answered; what it returns goes wrong with that request. */
  onRequest?: (request: TenantRequest) => Fault | undefined;
  /** Gives entries without one a `log_id` by the time of ingestion; the ids, in order. */
  append(entries: LogEntry | readonly LogEntry[], options?: AppendOptions): string[];
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
  const { port, scope, live, latencyMs, tokenSeconds, retentionSeconds, prefix, seed } = {
    ...TENANT_DEFAULTS,
    ...options,
  };
  const { rateLimit, source, now = Date.now, history = source ? 0 : 300 } = options;
  const clientId = options.clientId ?? randomBytes(24).toString('base64url');
  let clientSecret = options.clientSecret ?? randomBytes(48).toString('base64url');

  const { caFile, cert, key } = await certificates(options.directory);
  const counts: RequestCounts = { logs: 0, token: 0, pages: 0, tokensIssued: 0, rateLimited: 0 };
  const tokens = createTokens(tokenSeconds, now);
  const log = createTenantLog({
    prefix,
    retentionMs: retentionSeconds * 1000,
    now,
    ...(source && { source }),
  });
  const life = createLife(seed);
  writeHistory(log, life, history, now());

  const server = createServer({ cert, key }, (request, response) => {
    serve(handling, request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, apiError(500, String(error))); // a hook of the caller's that threw
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const domain = `localhost:${listeningPort(server)}`;
  const audience = `https://${domain}/api/v2/`;
  const handling = {
    origin: () => `https://${domain}`,
    latencyMs,
    token: () => ({ clientId, clientSecret, audience, scope, tokenSeconds, tokens }),
    logs: { log, tokens, decideRate: createRateLimiter(rateLimit, now), scope },
    onRequest: () => tenant.onRequest,
    counts,
  };
  const stopLiving = live ? startLiving(log, life, seed, now) : () => {};

  const tenant: Tenant = {
    domain,
    caFile,
    clientId,
    get clientSecret() {
      return clientSecret;
    },
    append: log.append,
    entries: () => log.after('', log.size()),
    requests: () => ({ ...counts }),
    revokeTokens: () => tokens.revoke(),
    rotateClientSecret(secret) {
      clientSecret = secret;
    },
    async stop() {
      stopLiving();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return tenant;
}
