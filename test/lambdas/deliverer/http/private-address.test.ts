import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { hasPrivate, isPrivate, publicLookup } from '../../../../lambdas/deliverer/http/private-address.ts';

test.each([
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
])('%s is refused', (address) => {
  expect(isPrivate(address)).toBe(true);
});

test.each([
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
])('%s is allowed', (address) => {
  expect(isPrivate(address)).toBe(false);
});

function looked(hostname: string, all: boolean) {
  return new Promise<{ error: Error | null; address: string | LookupAddress[] }>((resolve) => {
    publicLookup(hostname, { all }, (error, address) => resolve({ error, address }));
  });
}

test.each([true, false])('a name that resolves to a private address is refused (all: %s)', async (all) => {
  expect((await looked('localhost', all)).error).toMatchObject({ code: 'EPRIVATE' });
});

test('one private address among public ones refuses all', () => {
  const own = { address: '8.8.8.8', family: 4 };
  expect(hasPrivate([own, { address: '2606:4700:4700::1111', family: 6 }])).toBe(false);
  expect(hasPrivate([own, { address: '169.254.169.254', family: 4 }])).toBe(true);
  expect(hasPrivate([{ address: '::1', family: 6 }, own])).toBe(true);
});

test('a public address passes in both forms', async () => {
  expect(await looked('1.1.1.1', false)).toMatchObject({ error: null, address: '1.1.1.1' });
  expect(await looked('1.1.1.1', true)).toMatchObject({
    error: null,
    address: [{ address: '1.1.1.1', family: 4 }],
  });
});

test('a name that does not exist says so', async () => {
  expect((await looked('nowhere.invalid', true)).error).toMatchObject({
    code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
  });
});
