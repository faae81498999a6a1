import type { RetryReason } from '../outcome.ts';
import { MalformedAnswerError } from './answer-head.ts';
import { HandshakeLostError, PostTimeoutError } from './post-error.ts';
import { PrivateAddressError } from './private-address.ts';

export interface FailureReason {
  readonly reason: RetryReason;
  /** What it was in particular; docs/receiving.md has a table of them. */
  readonly detail?: string;
}

/** Why there was no answer, in two words: a library's message might repeat an address or a header. */
export function reasonOf(error: unknown): FailureReason {
  if (error instanceof PostTimeoutError)
    return { reason: error.phase === 'connect' ? 'timeout-connect' : 'timeout-response' };
  if (error instanceof PrivateAddressError) return { reason: 'private-address' };
  if (error instanceof MalformedAnswerError) return { reason: 'malformed-response', detail: error.code };
  if (error instanceof HandshakeLostError) return { reason: 'tls', detail: 'handshake-broken-off' };
  const code = codeOf(error);
  if (code === 'ENOTFOUND') return { reason: 'dns', detail: 'not-found' };
  if (code.startsWith('EAI_')) return { reason: 'dns', detail: 'no-answer' };
  const tls = TLS.find(({ codes }) => codes.test(code));
  if (tls) return { reason: 'tls', detail: tls.detail };
  if (/^ERR_(SSL|TLS|OSSL)|CERT|^CRL_|^EPROTO$/.test(code)) return { reason: 'tls', detail: word(code) };
  const detail = CONNECTION.get(code) ?? word(code);
  return { reason: 'connection', ...(detail === '' ? {} : { detail }) };
}

/** Codes of Node and OpenSSL. */
const TLS = [
  { codes: /^CERT_HAS_EXPIRED$/, detail: 'expired' },
  { codes: /^CERT_NOT_YET_VALID$/, detail: 'not-yet-valid' },
  { codes: /^ERR_TLS_CERT_ALTNAME_|^HOSTNAME_MISMATCH$/, detail: 'wrong-name' },
  // Which of the two it is cannot be told when only the certificate itself is sent.
  { codes: /^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/, detail: 'intermediate-missing-or-unknown-authority' },
  {
    codes:
      /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED|INVALID_CA)$/,
    detail: 'unknown-authority',
  },
  { codes: /^CERT_REVOKED$/, detail: 'revoked' },
  { codes: /CERTIFICATE_REQUIRED$/, detail: 'client-certificate-wanted' },
  // TLS 1.2 has one alert for both.
  { codes: /ALERT_HANDSHAKE_FAILURE$/, detail: 'client-certificate-wanted-or-no-common-cipher' },
  {
    codes:
      /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)$/,
    detail: 'client-certificate-refused',
  },
  { codes: /UNSUPPORTED_PROTOCOL$|ALERT_PROTOCOL_VERSION$|VERSION_TOO_LOW$/, detail: 'old-version' },
  {
    codes: /WRONG_VERSION_NUMBER$|PACKET_LENGTH_TOO_LONG$|HTTP_REQUEST$|RECORD_OVERFLOW$/,
    detail: 'no-tls-there',
  },
  { codes: /ALERT_UNRECOGNIZED_NAME$/, detail: 'name-unknown-there' },
];

const CONNECTION: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['closed', 'closed'],
  ['EIPV6ONLY', 'ipv6-only'],
  ...['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ENETDOWN', 'EAFNOSUPPORT', 'ETIMEDOUT'].map(
    (code): [string, string] => [code, 'unreachable'],
  ),
]);

/** A code that is not in the tables is told as it is: it is a name of Node's or OpenSSL's, never a text of the receiver's. */
function word(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
