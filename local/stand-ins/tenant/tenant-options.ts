import type { LogSource } from './log-source.ts';
import type { RateLimit } from './rate-limit.ts';
import type { TokenQuota } from './token-quota.ts';

export interface TenantOptions {
  /** Where the certificates are kept: made when absent, used again when present. */
  readonly directory: string;
  /** 0: any free port. */
  readonly port?: number;
  /** Generated when absent. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** PEM: the application signs in by private-key JWT, and its secret is good for nothing. */
  readonly publicKey?: string;
  /**
   * The Management API's identifier; default that of this domain. Tenants with a custom domain have
   * another.
   */
  readonly audience?: string;
  /** How many tokens are given out; default any number. */
  readonly tokenQuota?: TokenQuota;
  /** Scopes of the application; default `read:logs`. Without it, reading the log answers 403. */
  readonly scope?: string;
  /**
   * Entries in the log at the start, over the last hours, the newest at least a minute old; default
   * 300, with a `source` 0.
   */
  readonly history?: number;
  /**
   * A log that is made while it is read, for one of any length; what is appended is merged into it
   * by id.
   */
  readonly source?: LogSource;
  /** Goes on making up a tenant's life. */
  readonly live?: boolean;
  readonly latencyMs?: number;
  /** Default: none. */
  readonly rateLimit?: RateLimit;
  /** Life of a token; default 86,400, Auth0's own. */
  readonly tokenSeconds?: number;
  /** Older entries are not served; default a day, as on the free plan. */
  readonly retentionSeconds?: number;
  /** The first three digits of every log id; default `900`. */
  readonly prefix?: string;
  /** The same seed makes the same life. */
  readonly seed?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

export const TENANT_DEFAULTS = {
  port: 0,
  scope: 'read:logs',
  live: false,
  latencyMs: 0,
  tokenSeconds: 86_400,
  retentionSeconds: 86_400,
  prefix: '900',
  seed: 1,
} as const;
