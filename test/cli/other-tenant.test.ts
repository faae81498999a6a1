import { describe, expect, it } from 'vitest';
import { checkTenant } from '../../cli/doctor/check-tenant.ts';
import { openLog } from '../../cli/reading/open-log.ts';
import { idAt, operationsWorld } from '../support/operations-world.ts';

/** A connection whose ledger reads one tenant's log, and whose settings name a tenant. */
async function connected(read: string, named: string) {
  const operations = await operationsWorld();
  await operations.open(idAt(1), idAt(2), 1);
  const state = await operations.ledger.readState();
  if (state) await operations.ledger.claim(state, { tenant: read });
  const settings = { AUTH0_DOMAIN: named, AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
  return { operations, readSecret: async () => JSON.stringify(settings) };
}

describe('settings that name another tenant than the one whose log is read', () => {
  it('open no log: nothing would be missing in it', async () => {
    const connection = await connected('here.eu.auth0.com', 'there.eu.auth0.com');

    await expect(openLog(connection)).rejects.toThrow(
      /names the tenant there\.eu\.auth0\.com, but .* reads the log of here\.eu\.auth0\.com/,
    );
  });

  it('are told by the doctor, with both ways out', async () => {
    const [finding] = await checkTenant(await connected('here.eu.auth0.com', 'there.eu.auth0.com'));

    expect(finding?.isRight).toBe(false);
    expect(finding?.what).toMatch(/there\.eu\.auth0\.com.*here\.eu\.auth0\.com/);
    expect(finding?.todo).toMatch(/settings set AUTH0_DOMAIN.*rebind there/);
  });

  it('are no fault when it is the same tenant, or none was read yet', async () => {
    const same = await connected('here.eu.auth0.com', 'here.eu.auth0.com');
    const unread = { ...same, operations: await operationsWorld() };

    expect(await checkTenant(same)).toMatchObject([{ isRight: true }]);
    expect(await checkTenant(unread)).toEqual([]);
    await expect(openLog(same)).resolves.toHaveProperty('settings');
  });
});
