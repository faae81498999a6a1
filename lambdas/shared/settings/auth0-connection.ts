import { createPrivateKey, type KeyObject } from 'node:crypto';
import { expectedKey, privateKey } from './pem-settings.ts';
import { optional, required } from './setting.ts';
import type { SettingFault } from './setting-fault.ts';

interface Tenant {
  /** The host, with the port where it is not 443. */
  readonly domain: string;
  /** The audience of tokens: the Management API under the tenant's own name. */
  readonly audience: string;
  /**
   * The tenant whose log is read: the host of the audience, which stays when a custom domain is
   * called instead.
   */
  readonly tenant: string;
  readonly clientId: string;
}

/**
 * Whose log is read, and the application that reads it. It has a shared secret, or a private key
 * (PKCS#8 in PEM, RS256).
 */
export type Auth0Connection = Tenant &
  ({ readonly clientSecret: string } | { readonly clientAssertionSigningKey: string });

const EXPECTED_KEY =
  'the RSA private key in PEM (2048 bits or more) whose public key the application has, with the algorithm RS256';

export const connectionKeys = {
  AUTH0_DOMAIN: required('the tenant\'s host name, such as "example.eu.auth0.com"', domain),
  AUTH0_CLIENT_ID: required(
    'the client id of a machine-to-machine application with the scope read:logs',
    visible,
  ),
  AUTH0_CLIENT_SECRET: optional('the client secret of that application', visible, undefined),
  AUTH0_PRIVATE_KEY: optional(expectedKey(EXPECTED_KEY), signingKey, undefined),
  AUTH0_AUDIENCE: optional(
    'the Management API under the tenant\'s own name, such as "https://example.eu.auth0.com/api/v2/"',
    audience,
    undefined,
  ),
};

interface ConnectionValues {
  readonly AUTH0_DOMAIN: string;
  readonly AUTH0_CLIENT_ID: string;
  readonly AUTH0_CLIENT_SECRET: string | undefined;
  readonly AUTH0_PRIVATE_KEY: string | undefined;
  readonly AUTH0_AUDIENCE: string | undefined;
}

export function connectionOf(key: ConnectionValues): Auth0Connection {
  const asked = key.AUTH0_AUDIENCE ?? `https://${key.AUTH0_DOMAIN}/api/v2/`;
  const tenant = {
    domain: key.AUTH0_DOMAIN,
    audience: asked,
    tenant: new URL(asked).host,
    clientId: key.AUTH0_CLIENT_ID,
  };
  return key.AUTH0_PRIVATE_KEY === undefined
    ? { ...tenant, clientSecret: key.AUTH0_CLIENT_SECRET ?? '' }
    : { ...tenant, clientAssertionSigningKey: key.AUTH0_PRIVATE_KEY };
}

/** Faults in how the application proves itself, which it must do in exactly one way. */
export function credentialFaults(values: Readonly<Record<string, unknown>>): readonly SettingFault[] {
  const { AUTH0_CLIENT_SECRET: secret, AUTH0_PRIVATE_KEY: key } = values;
  if (typeof secret === 'string' && typeof key === 'string')
    return [
      { key: 'AUTH0_PRIVATE_KEY', expected: 'unset, or AUTH0_CLIENT_SECRET unset: exactly one of the two' },
    ];
  if (secret !== undefined || key !== undefined) return [];
  const expected = 'missing: the client secret of that application (or AUTH0_PRIVATE_KEY instead of it)';
  return [{ key: 'AUTH0_CLIENT_SECRET', expected }];
}

function visible(value: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(value) ? value : undefined;
}

/**
 * Parses a tenant's domain. People paste its address, so the scheme and a final slash are dropped.
 * A name without a dot is no tenant's.
 */
function domain(value: string): string | undefined {
  const host = value
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase();
  const isHost = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(host) && URL.canParse(`https://${host}`);
  const isWhole = /^[^:]*\.|^localhost(:|$)/.test(host);
  return isHost && isWhole ? host : undefined;
}

/**
 * Parses an audience. Auth0 compares it letter by letter with its final slash, which people leave
 * out.
 */
function audience(value: string): string | undefined {
  const [, host = '', path = ''] = /^(?:https:\/\/)?([^/]+)(.*)$/i.exec(value) ?? [];
  const own = domain(host);
  return own !== undefined && /^(\/?|\/api\/v2\/?)$/.test(path) ? `https://${own}/api/v2/` : undefined;
}

/**
 * Parses an RSA key, the only kind that Auth0 takes. It is rewritten as PKCS#8, the only form that
 * the `auth0` package takes.
 */
function signingKey(value: string): string | undefined {
  const pem = privateKey(value);
  const key = pem === undefined ? undefined : createPrivateKey(pem);
  return key && isStrongRsa(key) ? String(key.export({ type: 'pkcs8', format: 'pem' })) : undefined;
}

function isStrongRsa({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048;
}
