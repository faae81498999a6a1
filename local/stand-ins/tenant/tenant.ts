import { createServer } from 'node:https';
import { closeServer, listenOnPort } from '../../http-server.ts';
import { type Answer, apiError } from './answer.ts';
import { certificates } from './certificates.ts';
import { send, type TenantFault, type TenantRequest } from './fault.ts';
import { writeHistory } from './history.ts';
import type { Act } from './life/acts.ts';
import { createLife } from './life.ts';
import { startLiving } from './live.ts';
import type { LogEntry, StoredEntry } from './log-source.ts';
import { callFromHere } from './management/call-from-here.ts';
import { type AppendOptions, createTenantLog } from './tenant-log.ts';
import { TENANT_DEFAULTS, type TenantOptions } from './tenant-options.ts';
import { createParts } from './tenant-parts.ts';
import { type RequestCounts, serve, type TenantServer } from './tenant-server.ts';

/**
 * A simulated Auth0 tenant: https on loopback, with `/oauth/token`, `/api/v2/logs` and the calls of
 * the Management API that make events. They behave as the real ones do.
 */
export interface Tenant {
  /** `localhost:PORT`. */
  readonly domain: string;
  /** The CA to trust, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Asked before each request is answered. What it returns goes wrong with that request. */
  onRequest?: (request: TenantRequest) => TenantFault | undefined;
  /** An application that may call the Management API, as people do by `curl` or an SDK. */
  readonly management: ManagementAccess;
  /** Makes such a call as if it came over the network. `path` comes after `/api/v2/`. */
  call(method: string, path: string, body?: object): Answer;
  /**
   * Appends entries. Those without a `log_id` get one by the time of ingestion.
   * @returns the ids, in order
   */
  append(entries: LogEntry | readonly LogEntry[], options?: AppendOptions): string[];
  /**
   * Has something happen now.
   * @returns its entry's id; undefined when it cannot happen
   */
  act(act: Act): string | undefined;
  /** All entries that the log serves now, by id. */
  entries(): StoredEntry[];
  requests(): Readonly<RequestCounts>;
  /** Has every token that was issued so far answered with 401. */
  revokeTokens(): void;
  /** Accepts only this secret from now on. Tokens stay good. */
  rotateClientSecret(clientSecret: string): void;
  /** Stops, and breaks open connections, hanging ones too. */
  stop(): Promise<void>;
}

export interface ManagementAccess {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience: string;
}

export async function startTenant(options: TenantOptions): Promise<Tenant> {
  const history = options.history ?? (options.source ? 0 : 300);
  const settings = { ...TENANT_DEFAULTS, now: Date.now, ...options, history };
  const { caFile, cert, key } = await certificates(options.directory);
  const living = livingLog(settings);
  const { log, life } = living;

  const server = createServer({ cert, key }, (request, response) => {
    serve(handling, request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, apiError(500, String(error))); // a hook of the caller's that threw
    });
  });
  const domain = `localhost:${await listenOnPort(server, settings.port)}`;
  const parts = createParts(settings, `https://${domain}`, living);
  const { client, manager, tokens, management } = parts;
  const handling: TenantServer = { ...parts.server, onRequest: () => tenant.onRequest };

  const tenant: Tenant = {
    domain,
    caFile,
    clientId: client.id,
    get clientSecret() {
      return client.secret;
    },
    management: { clientId: manager.id, clientSecret: manager.secret, audience: parts.audience },
    append(entries, given) {
      for (const entry of [entries].flat()) management.directory.learn(entry);
      return log.append(entries, given);
    },
    call: (method, path, body = {}) => callFromHere(management, method, path, body),
    act(act) {
      const entry = life.act(act, settings.now());
      return entry && log.append(entry)[0];
    },
    entries: () => log.after('', log.size()),
    requests: () => ({ ...handling.counts }),
    revokeTokens: () => tokens.revoke(),
    rotateClientSecret(secret) {
      client.secret = secret;
    },
    async stop() {
      living.stopLiving();
      await closeServer(server);
    },
  };
  return tenant;
}

type LogSettings = Pick<TenantOptions, 'source'> &
  Required<Pick<TenantOptions, 'prefix' | 'retentionSeconds' | 'seed' | 'history' | 'live' | 'now'>>;

/** Makes the log with its history, and what stops the life in it. */
function livingLog(settings: LogSettings) {
  const { prefix, retentionSeconds, now, source, seed, history, live } = settings;
  const log = createTenantLog({ prefix, retentionMs: retentionSeconds * 1000, now, source });
  const life = createLife(seed);
  writeHistory(log, life, history, now());
  return { log, life, stopLiving: live ? startLiving(log, life, seed, now) : () => {} };
}
