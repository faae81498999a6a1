import { Webhook } from 'standardwebhooks';

/**
 * Makes the three headers of Standard Webhooks 1.0. The id is the same on every attempt; the time
 * is the attempt's. Every secret signs, so that the receiver can change from an old one to a new
 * one at any time.
 * @param secrets base64, without `whsec_`
 */
export function signedHeaders(
  secrets: readonly string[],
  webhookId: string,
  attemptedAt: number,
  body: string,
): Record<string, string> {
  const timestamp = new Date(attemptedAt);
  return {
    'webhook-id': webhookId,
    'webhook-timestamp': String(Math.floor(attemptedAt / 1_000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret).sign(webhookId, timestamp, body))
      .join(' '),
  };
}
