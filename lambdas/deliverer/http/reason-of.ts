import type { RetryReason } from '../../shared/retry-reasons.ts';
import { MalformedAnswerError } from './answer-head.ts';
import { HandshakeLostError, PostTimeoutError } from './post-error.ts';
import { PrivateAddressError } from './private-address.ts';

export interface FailureReason {
  readonly reason: RetryReason;
  /** The cause in particular. */
  readonly detail?: string;
}

/**
 * Says in two words why there was no answer. A library's message might repeat an address or a
 * header, so it is not used.
 */
export function reasonOf(error: unknown): FailureReason {
  if (error instanceof PostTimeoutError)
    return { reason: error.phase === 'connect' ? 'timeout-connect' : 'timeout-response' };
  if (error instanceof PrivateAddressError) return { reason: 'private-address' };
  if (error instanceof MalformedAnswerError) return { reason: 'malformed-response', detail: error.code };
  if (error instanceof HandshakeLostError) return { reason: 'tls', detail: 'handshake-broken-off' };
  const code = codeOf(error);
  const known = REASONS_BY_CODE.find(({ codes }) => codes.test(code));
  if (known) return { reason: known.reason, detail: known.detail };
  const isTls = /^ERR_(SSL|TLS|OSSL)|CERT|^CRL_|^EPROTO$/.test(code);
  return { reason: isTls ? 'tls' : 'connection', ...(code === '' ? {} : { detail: word(code) }) };
}

/** Node's and OpenSSL's codes, recorded from real handshakes and sockets. */
export const REASONS_BY_CODE: readonly (Required<FailureReason> & { readonly codes: RegExp })[] = [
  { codes: /^ENOTFOUND$/, reason: 'dns', detail: 'not-found' },
  { codes: /^EAI_/, reason: 'dns', detail: 'no-answer' },
  { codes: /^ECONNREFUSED$/, reason: 'connection', detail: 'refused' },
  { codes: /^(ECONNRESET|EPIPE)$/, reason: 'connection', detail: 'reset' },
  { codes: /^closed$/, reason: 'connection', detail: 'closed' },
  { codes: /^EIPV6ONLY$/, reason: 'connection', detail: 'ipv6-only' },
  {
    codes: /^(E(NET|HOST)UNREACH|EADDRNOTAVAIL|ENETDOWN|EAFNOSUPPORT|ETIMEDOUT)$/,
    reason: 'connection',
    detail: 'unreachable',
  },
  { codes: /^CERT_HAS_EXPIRED$/, reason: 'tls', detail: 'expired' },
  { codes: /^CERT_NOT_YET_VALID$/, reason: 'tls', detail: 'not-yet-valid' },
  { codes: /^CERT_REVOKED$/, reason: 'tls', detail: 'revoked' },
  { codes: /^(ERR_TLS_CERT_ALTNAME_\w+|HOSTNAME_MISMATCH)$/, reason: 'tls', detail: 'wrong-name' },
  // A server that sends only its own certificate leaves open which of the two it is.
  {
    codes: /^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/,
    reason: 'tls',
    detail: 'intermediate-missing-or-unknown-authority',
  },
  {
    codes: /SELF_SIGNED_CERT|^UNABLE_TO_GET_ISSUER_CERT|^CERT_UNTRUSTED$|^INVALID_CA$/,
    reason: 'tls',
    detail: 'unknown-authority',
  },
  { codes: /_CERTIFICATE_REQUIRED$/, reason: 'tls', detail: 'client-certificate-wanted' },
  // TLS 1.2 has one alert for both.
  {
    codes: /_ALERT_HANDSHAKE_FAILURE$/,
    reason: 'tls',
    detail: 'client-certificate-wanted-or-no-common-cipher',
  },
  {
    codes:
      /_ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)$/,
    reason: 'tls',
    detail: 'client-certificate-refused',
  },
  {
    codes: /_UNSUPPORTED_PROTOCOL$|_ALERT_PROTOCOL_VERSION$|_VERSION_TOO_LOW$/,
    reason: 'tls',
    detail: 'old-version',
  },
  {
    codes: /_WRONG_VERSION_NUMBER$|_PACKET_LENGTH_TOO_LONG$|_HTTP_REQUEST$|_RECORD_OVERFLOW$/,
    reason: 'tls',
    detail: 'no-tls-there',
  },
  { codes: /_ALERT_UNRECOGNIZED_NAME$/, reason: 'tls', detail: 'name-unknown-there' },
];

/**
 * A code that is not in the table, as it is. It is a name of Node's or OpenSSL's, never a text of
 * the receiver's.
 */
function word(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
