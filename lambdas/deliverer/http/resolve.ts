import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPrivate, PrivateAddressError } from './private-address.ts';

/** Finds every address of a host name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export const resolveName: Resolve = (hostname) => lookup(hostname, { all: true, order: 'verbatim' });

/**
 * Finds the addresses of the endpoint's host, which may be an address itself. One private address
 * is enough to refuse all of them, as chance, or whoever answers the next query, decides which one
 * is connected to. The caller connects to what is returned here, so a name that changes in between
 * (rebinding) gains nothing.
 *
 * @throws {PrivateAddressError} unless private addresses are allowed
 */
export async function addressesOf(
  hostname: string,
  allowPrivate: boolean,
  resolve: Resolve,
): Promise<readonly LookupAddress[]> {
  const family = isIP(hostname);
  const addresses = family === 0 ? await resolve(hostname) : [{ address: hostname, family }];
  if (!allowPrivate && addresses.some(({ address }) => isPrivate(address))) throw new PrivateAddressError();
  return addresses;
}
