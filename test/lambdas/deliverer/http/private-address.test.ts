import type { LookupAddress } from 'node:dns';
import { expect, it } from 'vitest';
import { isPrivate, PrivateAddressError } from '../../../../lambdas/deliverer/http/private-address.ts';
import { addressesOf, resolveName } from '../../../../lambdas/deliverer/http/resolve.ts';

it.each([
  '127.0.0.1',
  '127.255.255.255',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '169.254.170.2',
  '100.64.0.1',
  '100.127.255.255',
  '0.0.0.0',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.1.2.3',
  '::ffff:a9fe:a9fe',
  '::ffff:0:127.0.0.1',
  '100::1',
  '300::1',
  '4000::1',
  'fd00:ec2::254',
  'fc00::1',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  '2001::1',
  'not an address',
  '',
])('refuses %s', (address) => {
  expect(isPrivate(address)).toBe(true);
});

it.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.15.255.255',
  '172.32.0.0',
  '192.169.0.1',
  '100.63.255.255',
  '100.128.0.0',
  '169.253.0.1',
  '::ffff:8.8.8.8',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80b::200e',
])('allows %s', (address) => {
  expect(isPrivate(address)).toBe(false);
});

const resolvesTo =
  (...addresses: readonly LookupAddress[]) =>
  async () =>
    addresses;
const OWN = { address: '8.8.8.8', family: 4 };

it('refuses a name that resolves to a private address', async () => {
  await expect(addressesOf('localhost', false, resolveName)).rejects.toThrow(PrivateAddressError);
});

it('refuses a name as soon as one of its addresses is private', async () => {
  const publicOnes = resolvesTo(OWN, { address: '2606:4700:4700::1111', family: 6 });
  const metadata = resolvesTo(OWN, { address: '169.254.169.254', family: 4 });
  const loopback = resolvesTo({ address: '::1', family: 6 }, OWN);

  expect(await addressesOf('x.example', false, publicOnes)).toHaveLength(2);
  await expect(addressesOf('x.example', false, metadata)).rejects.toThrow(PrivateAddressError);
  await expect(addressesOf('x.example', false, loopback)).rejects.toThrow(PrivateAddressError);
});

it('asks nobody for what is an address already', async () => {
  const nobody = () => Promise.reject(new Error('asked'));

  expect(await addressesOf('1.1.1.1', false, nobody)).toEqual([{ address: '1.1.1.1', family: 4 }]);
  expect(await addressesOf('::1', true, nobody)).toEqual([{ address: '::1', family: 6 }]);
  await expect(addressesOf('::1', false, nobody)).rejects.toThrow(PrivateAddressError);
});

it('says so when a name does not exist', async () => {
  await expect(addressesOf('nowhere.invalid', false, resolveName)).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
  });
});
