import { apiError } from './answer.ts';
import type { TenantFault, TenantRequest } from './fault.ts';

/** What goes wrong with every request of the log, while it is the tenant's `onRequest`. */
type LastingFault = (request: TenantRequest) => TenantFault | undefined;

function ofLog(fault: TenantFault): LastingFault {
  return ({ kind }) => (kind === 'logs' ? fault : undefined);
}

/** Every token is refused, however fresh it is. */
export const tokensRefused = ofLog(apiError(401, 'Invalid token'));

/** The bucket is always empty, as other callers of the tenant are faster. */
export const alwaysLimited = ofLog({
  ...apiError(429, 'Global limit has been reached', 'too_many_requests'),
  headers: { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0' },
});

/** Every page takes that long. A slow line is `{ bytesPerSecond }` of a fault. */
export const slowPages = (delayMs: number): LastingFault => ofLog({ delayMs });

export const slowLine = (bytesPerSecond: number): LastingFault => ofLog({ bytesPerSecond });
