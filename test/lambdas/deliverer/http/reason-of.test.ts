import { expect, it } from 'vitest';
import { reasonOf } from '../../../../lambdas/deliverer/http/reason-of.ts';

const coded = (code: string) => Object.assign(new Error('MARKED'), { code });

/** Codes as Node 24 and `openssl s_server -Verify 1 -verify_return_error` gave them. */
it.each([
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'tls', 'client-certificate-wanted-or-no-common-cipher'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls', 'client-certificate-wanted'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls', 'client-certificate-refused'],
  ['ERR_SSL_SOMETHING_ELSE', 'tls', 'err-ssl-something-else'],
  ['EHOSTUNREACH', 'connection', 'unreachable'],
  ['EMFILE', 'connection', 'emfile'],
  ['EAI_AGAIN', 'dns', 'no-answer'],
])('%s is %s, %s', (code, reason, detail) => {
  expect(reasonOf(coded(code))).toEqual({ reason, detail });
});

it('repeats no message', () => {
  expect(JSON.stringify([reasonOf(new Error('MARKED')), reasonOf('MARKED')])).not.toContain('MARKED');
});
