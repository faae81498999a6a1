import type { WebhookSettings } from '../shared/settings/webhook-settings.ts';
import { VERSION } from '../shared/version.ts';
import { Connections } from './http/connections.ts';
import { type Exchanged, isSuccess } from './http/exchange.ts';
import { post } from './http/post.ts';
import { reasonOf } from './http/reason-of.ts';
import { type Resolve, resolveName } from './http/resolve.ts';
import { secureContextFor } from './http/secure-context.ts';
import { withoutRequest } from './http/without-request.ts';
import type { Outcome } from './outcome.ts';
import { parseRetryAfter } from './retry-after.ts';
import { signedHeaders } from './signature.ts';

export interface WebhookClient {
  /** Makes one attempt; never throws. */
  attempt(webhookId: string, body: string): Promise<Outcome>;
}

export interface ConnectedWebhookClient extends WebhookClient {
  /** Closes the connections that are kept. */
  close(): void;
}

/**
 * Makes a client that calls the endpoint as Standard Webhooks 1.0 says: signed, 2xx only, no
 * redirects.
 * @param sideBySide how many attempts run at the same time
 * @param now epoch milliseconds
 */
export function createWebhookClient(
  settings: WebhookSettings,
  sideBySide: number,
  now: () => number,
  resolve: Resolve = resolveName,
): ConnectedWebhookClient {
  const { url, allowPrivate, timeoutSeconds } = settings;
  const endpoint = { url, allowPrivate, resolve, secureContext: secureContextFor(settings) };
  const connections = new Connections(endpoint, sideBySide, now);
  return {
    async attempt(webhookId, body) {
      const headers = {
        'accept-encoding': 'identity', // an excerpt of compressed bytes tells nobody anything
        ...settings.headers,
        'content-type': 'application/json',
        'user-agent': `auth0-management-webhooks/${VERSION}`,
        ...signedHeaders(settings.signingSecrets, webhookId, now(), body),
      };
      try {
        const answer = await post({ url, headers, body, connections, timeoutMs: timeoutSeconds * 1_000 });
        return outcomeOf({ ...answer, excerpt: withoutRequest(answer.excerpt, headers, body) }, url, now());
      } catch (error) {
        return { kind: 'retry', ...reasonOf(error) };
      }
    },
    close: () => connections.dropIdle(),
  };
}

function outcomeOf({ status, headers, excerpt }: Exchanged, url: URL, now: number): Outcome {
  if (isSuccess(status)) return { kind: 'delivered', status };
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), now);
  const retry = { kind: 'retry', status, excerpt, retryAfterSeconds } as const;
  if (status >= 300 && status <= 399)
    return { ...retry, reason: 'redirect', redirectHost: hostOf(headers.get('location'), url) };
  if (status === 410) return { ...retry, reason: 'gone' };
  if (status === 429) return { ...retry, reason: 'rate-limited' };
  return { ...retry, reason: 'status' };
}

/** Longest host: a name has at most 253 characters (RFC 1035), a port 6. */
const HOST_LENGTH = 259;

/**
 * Takes the host of a redirect's target, as a path or a query may hold a token. A relative target
 * is on the endpoint's own host.
 */
function hostOf(location: string | undefined, url: URL): string | undefined {
  if (location === undefined || !URL.canParse(location, url.href)) return undefined;
  return new URL(location, url).host.slice(0, HOST_LENGTH) || undefined;
}
