import { isIP, type Socket } from 'node:net';
import { type SecureContext, connect as tlsConnect } from 'node:tls';
import { dial } from './dial.ts';
import { HandshakeLostError } from './post-error.ts';
import { addressesOf, type Resolve } from './resolve.ts';

export interface Endpoint {
  readonly url: URL;
  readonly allowPrivate: boolean;
  readonly resolve: Resolve;
  /** Undefined for http. */
  readonly secureContext: (() => SecureContext) | undefined;
}

/**
 * Resolves the name, connects and, for https, shakes hands. Throws what fails, or the signal's
 * reason.
 */
export async function openConnection(endpoint: Endpoint, signal: AbortSignal): Promise<Socket> {
  const { url, allowPrivate, resolve, secureContext } = endpoint;
  const host = hostOf(url);
  const context = secureContext?.(); // first: if it throws, nothing is open yet
  const addresses = await orAborted(addressesOf(host, allowPrivate, resolve), signal);
  const socket = await dial(addresses, Number(url.port || (context ? 443 : 80)), signal);
  return context ? await secured(socket, host, context, signal) : socket;
}

/**
 * The host without brackets, and without the dot that marks a name as complete: neither SNI nor a
 * certificate has it (RFC 6066 §3).
 */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$|\.$/g, '');
}

function secured(
  socket: Socket,
  host: string,
  secureContext: SecureContext,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const secure = tlsConnect({
      socket,
      secureContext,
      host, // the name that the certificate must have
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['http/1.1'],
    });
    const aborted = () => end(() => reject(signal.reason));
    const end = (act: () => void) => {
      signal.removeEventListener('abort', aborted);
      act();
      if (!secure.authorized) secure.destroy();
    };
    signal.addEventListener('abort', aborted);
    secure.on('error', (error: NodeJS.ErrnoException) =>
      end(() => reject(isLost(error) ? new HandshakeLostError() : error)),
    );
    secure.once('secureConnect', () => end(() => resolve(secure)));
  });
}

function isLost({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
