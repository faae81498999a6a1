import { createHash } from 'node:crypto';

/** Names an endpoint by a digest, as its path or query may hold a token. */
export function endpointId(url: URL): string {
  return createHash('sha256').update(url.href).digest('hex').slice(0, 16);
}
