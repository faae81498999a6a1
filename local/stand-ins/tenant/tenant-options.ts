import type { LogSource } from './log-source.ts';
import type { RateLimit } from './rate-limit.ts';
import type { TokenQuota } from './token-quota.ts';

export interface TenantOptions {
  /** Where the certificates are kept. They are made when absent, and used again when present. */
  readonly directory: string;
  /** The port; 0 = any free one. */
  readonly port?: number;
  /** Generated when absent. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /**
   * A public key in PEM. With it the application signs in by private-key JWT, and its secret is
   * good for nothing.
   */
  readonly publicKey?: string;
  /**
   * The Management API's identifier; by default that of this domain. Tenants with a custom domain
   * have another.
   */
  readonly audience?: string;
  /** How many tokens are given out; by default any number. */
  readonly tokenQuota?: TokenQuota;
  /**
   * Scopes of the application; by default `read:logs`. Without that, reading the log answers 403.
   */
  readonly scope?: string;
  /**
   * Number of entries at the start, over the last hours, the newest at least a minute old. By
   * default 300, or 0 with a `source`.
   */
  readonly history?: number;
  /**
   * A log of any length that is made while it is read. What is appended is merged into it by id.
   */
  readonly source?: LogSource;
  /** True to go on making up the tenant's life. */
  readonly live?: boolean;
  readonly latencyMs?: number;
  /** By default there is none. */
  readonly rateLimit?: RateLimit;
  /** Seconds that a token is good for; by default 86,400, Auth0's own. */
  readonly tokenSeconds?: number;
  /** Seconds after which an entry is no longer served; by default a day, as on the free plan. */
  readonly retentionSeconds?: number;
  /** The first three digits of every log id; by default `900`. */
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
