import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** Verifies a call. Undefined when its signature is good, else what is wrong with it. */
export type Verify = (body: string, headers: IncomingHttpHeaders) => string | undefined;

/**
 * Makes a check that takes a signature by any of the secrets. Throws at once when one of them is no
 * secret.
 */
export function createVerify(secrets: readonly string[]): Verify {
  const webhooks = secrets.map((secret) => new Webhook(secret));
  return (body, headers) => {
    const signed = {
      'webhook-id': single(headers['webhook-id']),
      'webhook-timestamp': single(headers['webhook-timestamp']),
      'webhook-signature': single(headers['webhook-signature']),
    };
    const problems = webhooks.map((webhook) =>
      problemOf(() => webhook.verify(body, signed, { jsonParse: false })),
    );
    return problems.includes(undefined) ? undefined : (problems[0] ?? 'No secret to verify with');
  };
}

function problemOf(verify: () => unknown): string | undefined {
  try {
    verify();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function single(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
