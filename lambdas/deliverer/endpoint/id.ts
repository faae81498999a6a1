import { createHash } from 'node:crypto';

/** Tells one endpoint from another without naming it: a path or a query may hold a token. */
export function endpointId(url: URL): string {
  return createHash('sha256').update(url.href).digest('hex').slice(0, 16);
}
