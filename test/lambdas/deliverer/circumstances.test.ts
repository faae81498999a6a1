import { expect, it } from 'vitest';
import { readCircumstances } from '../../../lambdas/deliverer/circumstances.ts';
import { wellItem } from '../../../lambdas/deliverer/endpoint/item.ts';
import { createEndpointStore } from '../../../lambdas/deliverer/endpoint/store.ts';
import { S } from '../../../lambdas/shared/ledger/attribute-values.ts';
import { createLedger } from '../../../lambdas/shared/ledger/ledger.ts';
import { createPauseSwitch } from '../../../lambdas/shared/ledger/pause.ts';
import { stateTable } from '../../support/services.ts';

it('an unused table has none of them, which means: deliver', async () => {
  const { table } = await stateTable();

  expect(await readCircumstances(table)).toEqual({
    state: undefined,
    pauses: {},
    endpoint: { value: undefined, version: undefined },
  });
});

it('state, pauses and endpoint are read in one request, beside batches and notes', async () => {
  const { table } = await stateTable();
  await createLedger(table, () => 'r').createState('ledger-1', '100');
  await createPauseSwitch(table).pause('deliveries', { reason: 'upgrade', at: 7 });
  await createEndpointStore(table).write(wellItem('endpoint-1'), undefined);
  for (const other of ['batch#100#0000000000001#r', 'checkpoint', 'delivering', 'quiet', 'zone'])
    await table.insert(other, { is: S('another item') });

  const { state, pauses, endpoint } = await readCircumstances(table);

  expect(state).toMatchObject({ ledger: 'ledger-1', cursor: '100', seq: 0 });
  expect(pauses).toEqual({ deliveries: { reason: 'upgrade', at: 7 } });
  expect(endpoint).toEqual({ value: wellItem('endpoint-1'), version: { N: '1' } });
});

it('an endpoint that is nonsense hides neither the state nor the pause', async () => {
  const { table } = await stateTable();
  await createLedger(table, () => 'r').createState('ledger-1', '100');
  await createPauseSwitch(table).pause('deliveries', { reason: 'upgrade', at: 7 });
  await table.insert('endpoint', { item: S('{"of": '), version: S('typed by hand') });

  const { state, pauses, endpoint } = await readCircumstances(table);

  expect(state?.ledger).toBe('ledger-1');
  expect(pauses.deliveries?.reason).toBe('upgrade');
  expect(endpoint).toEqual({ value: undefined, version: S('typed by hand') });
});
