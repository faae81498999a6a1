import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { WebhookSettings } from '../shared/settings/webhook-settings.ts';
import { VERSION } from '../shared/version.ts';
import { type PostAnswer, post } from './http/post.ts';
import { reasonOf } from './http/reason-of.ts';
import { withoutRequest } from './http/without-request.ts';
import type { Outcome } from './outcome.ts';
import { parseRetryAfter } from './retry-after.ts';
import { signedHeaders } from './signature.ts';

export interface WebhookClient {
  /** One attempt; never throws. */
  attempt(webhookId: string, body: string): Promise<Outcome>;
}

/** Calls the endpoint as Standard Webhooks 1.0 says: signed, 2xx only, no redirects. */
export function createWebhookClient(
  settings: WebhookSettings,
  sideBySide: number,
  now: () => number,
): WebhookClient {
  const agent = agentFor(settings, sideBySide);
  return {
    async attempt(webhookId, body) {
      const headers = {
        ...settings.headers,
        'content-type': 'application/json',
        'user-agent': `auth0-management-webhooks/${VERSION}`,
        ...signedHeaders(settings.signingSecrets, webhookId, now(), body),
      };
      const { url, allowPrivate, timeoutSeconds } = settings;
      try {
        const answer = await post({
          url,
          headers,
          body,
          agent,
          allowPrivate,
          timeoutMs: timeoutSeconds * 1_000,
        });
        return outcomeOf({ ...answer, excerpt: withoutRequest(answer.excerpt, headers, body) }, url, now());
      } catch (error) {
        return { kind: 'retry', reason: reasonOf(error) };
      }
    },
  };
}

function outcomeOf({ status, retryAfter, location, excerpt }: PostAnswer, url: URL, now: number): Outcome {
  if (status >= 200 && status <= 299) return { kind: 'delivered', status };
  const retry = {
    kind: 'retry',
    status,
    excerpt,
    retryAfterSeconds: parseRetryAfter(retryAfter, now),
  } as const;
  if (status >= 300 && status <= 399)
    return { ...retry, reason: 'redirect', redirectHost: hostOf(location, url) };
  if (status === 410) return { ...retry, reason: 'gone' };
  if (status === 429) return { ...retry, reason: 'rate-limited' };
  return { ...retry, reason: 'status' };
}

/** A name has at most 253 characters (RFC 1035), a port 6. */
const HOST_LENGTH = 259;

/** Only the host: a path or a query may hold a token. A relative target is on the endpoint's own. */
function hostOf(location: string | undefined, url: URL): string | undefined {
  if (location === undefined || !URL.canParse(location, url.href)) return undefined;
  return new URL(location, url).host.slice(0, HOST_LENGTH) || undefined;
}

function agentFor(
  { url, ca, clientCertificate }: WebhookSettings,
  sideBySide: number,
): HttpAgent | HttpsAgent {
  const kept = { keepAlive: true, maxSockets: sideBySide, maxFreeSockets: sideBySide };
  if (url.protocol === 'http:') return new HttpAgent(kept);
  return new HttpsAgent({
    ...kept,
    minVersion: 'TLSv1.2',
    // An extra authority stands beside the usual ones; given alone it would replace them.
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
    ...(clientCertificate ?? {}),
  });
}
