import type { IncomingMessage } from 'node:http';
import { isAddressedToLoopback } from '../services/identity.ts';

/**
 * True when a page of this very server asks, or somebody at this machine by hand. `Host` is checked
 * against DNS rebinding. `Origin` and our own header are checked against pages of other sites, as a
 * form or an image cannot set a header.
 */
export function isAllowed(request: IncomingMessage): boolean {
  if (!isAddressedToLoopback(request)) return false;
  const { origin, host, 'x-page': ours } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return request.method === 'GET' || ours === '1';
}

/** Nothing but what this server sends may run, be shown, or be connected to. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
