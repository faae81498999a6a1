import type { LookupAddress } from 'node:dns';
import { connect, type Socket } from 'node:net';

/**
 * How long one address is tried alone. Then the next is tried beside it (RFC 8305 §5); the first
 * one is not given up.
 */
const NEXT_ADDRESS_MS = 250;

/** Every address failed. `code` is that of the most telling failure. */
export class DialError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`no address could be connected to: ${code}`);
    this.name = 'DialError';
    this.code = code;
  }
}

/**
 * Connects to the first address that answers (Happy Eyeballs, RFC 8305). Node's own form gives up
 * an address after 250 ms. A host that is further away than that is then never reached if it has a
 * second address. Here each address has until the signal aborts.
 *
 * @throws {DialError} when every address has failed
 */
export function dial(
  addresses: readonly LookupAddress[],
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const waiting = byTurns(addresses);
  const open = new Set<Socket>();
  const failures: Failure[] = [];
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const finish = (end: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
      for (const socket of open) socket.destroy();
      end();
    };
    const aborted = () => finish(() => reject(signal.reason));
    const next = () => {
      clearTimeout(timer);
      const address = waiting.shift();
      if (address) attempt(address);
      else if (open.size === 0) finish(() => reject(new DialError(mostTelling(failures))));
    };
    const attempt = (address: LookupAddress) => {
      const socket = connect({ host: address.address, port, noDelay: true, keepAlive: true });
      open.add(socket);
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (!open.delete(socket)) return; // connected, or given up: whoever has it looks after it
        failures.push({ family: address.family, code: error.code ?? '' });
        next();
      });
      socket.once('connect', () => {
        open.delete(socket);
        finish(() => resolve(socket));
      });
      if (waiting.length > 0) timer = setTimeout(next, NEXT_ADDRESS_MS);
    };
    if (signal.aborted) return aborted();
    signal.addEventListener('abort', aborted);
    next();
  });
}

interface Failure {
  readonly family: number;
  readonly code: string;
}

/**
 * Mixes the two families by turns, each in the order of the name server, so that a family that is
 * cut off does not hold up the other.
 */
function byTurns(addresses: readonly LookupAddress[]): LookupAddress[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family);
  const second = addresses.filter(({ family }) => family !== addresses[0]?.family);
  return Array.from({ length: addresses.length }, (_, turn) => [first[turn], second[turn]])
    .flat()
    .filter((address) => address !== undefined);
}

const NO_ROUTE = ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETDOWN'];

/**
 * Picks the failure that says most. A refusal says more than a missing route. IPv6 without a route
 * and without an IPv4 address beside it is a case of its own.
 */
function mostTelling(failures: readonly Failure[]): string {
  const answered = failures.find(({ code }) => !NO_ROUTE.includes(code));
  if (answered) return answered.code;
  return failures.every(({ family }) => family === 6) ? 'EIPV6ONLY' : (failures[0]?.code ?? 'ENOTFOUND');
}
