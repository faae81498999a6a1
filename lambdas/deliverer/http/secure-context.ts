import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { WebhookSettings } from '../../shared/settings/webhook-settings.ts';

/**
 * Makes a TLS context at the first connection and keeps it, as reading all authorities takes
 * milliseconds. Undefined for http. It throws at the connection and not before, so that a key that
 * OpenSSL finds too weak is a failed attempt with a reason.
 */
export function secureContextFor({
  url,
  ca,
  clientCertificate,
}: WebhookSettings): (() => SecureContext) | undefined {
  if (url.protocol === 'http:') return undefined;
  let context: SecureContext | undefined;
  return () => {
    context ??= createSecureContext({
      minVersion: 'TLSv1.2',
      // An extra authority stands beside the usual ones. Given alone it would replace them.
      ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
      ...(clientCertificate ?? {}),
    });
    return context;
  };
}
