import { BlockList, isIP } from 'node:net';

/**
 * Addresses that are not on the public internet (IANA's special-purpose registries, RFC 6890 and
 * its updates).
 */
const blocked = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, and every cloud's metadata service
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // IETF protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const) {
  blocked.addSubnet(network, prefix, 'ipv4');
}
// IANA has given out only 2000::/3 of IPv6. All other addresses are local, reserved, or stand for
// something else.
for (const [network, prefix] of [
  ['::', 96], // unspecified, loopback, IPv4-compatible
  ['::ffff:0:0:0', 96], // IPv4-translated: an IPv4 address inside
  ['64:ff9b::', 96], // NAT64: an IPv4 address inside
  ['64:ff9b:1::', 48], // NAT64 of one network
  ['100::', 8],
  ['200::', 7],
  ['400::', 6],
  ['800::', 5],
  ['1000::', 4],
  ['2001::', 23], // IETF protocol assignments, Teredo among them
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: an IPv4 address inside
  ['3fff::', 20], // documentation
  ['4000::', 2],
  ['8000::', 1], // unique local, link-local and site-local, multicast
] as const) {
  blocked.addSubnet(network, prefix, 'ipv6');
}

/**
 * True for an address that is not on the public internet. IPv4-mapped IPv6 is judged by its IPv4
 * (BlockList does).
 */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  return family === 0 || blocked.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export class PrivateAddressError extends Error {
  readonly code = 'EPRIVATE';

  constructor() {
    super('the endpoint has an address that is not on the public internet');
    this.name = 'PrivateAddressError';
  }
}
