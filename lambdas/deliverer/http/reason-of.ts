import type { RetryReason } from '../outcome.ts';
import { PostTimeoutError } from './post.ts';

/** Why there was no answer, in one word: a library's message might repeat an address or a header. */
export function reasonOf(error: unknown): RetryReason {
  if (error instanceof PostTimeoutError)
    return error.phase === 'connect' ? 'timeout-connect' : 'timeout-response';
  const code = codeOf(error);
  if (code === 'EPRIVATE') return 'private-address';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'dns';
  if (code.startsWith('HPE_')) return 'malformed-response';
  if (/^ERR_(SSL|TLS|OSSL)|CERT|^SELF_SIGNED|^UNABLE_TO|^EPROTO$|^HOSTNAME_MISMATCH$/.test(code))
    return 'tls';
  return 'connection';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
