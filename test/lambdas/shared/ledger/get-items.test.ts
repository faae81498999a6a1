import type { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { S } from '../../../../lambdas/shared/ledger/attribute-values.ts';
import { getItems } from '../../../../lambdas/shared/ledger/get-items.ts';
import { stateTable } from '../../../support/services.ts';

const keyOf = (sk: string) => ({ pk: S('ledger'), sk: S(sk) });

describe('several items in one request', () => {
  it('are given by their keys, without those that are not there', async () => {
    const { table } = await stateTable();
    await table.insert('batch#a', { from: S('1') });
    await table.insert('batch#c', { from: S('3') });

    const found = await table.getAll(['batch#a', 'batch#b', 'batch#c']);

    // DynamoDB gives them in no order.
    expect(found).toEqual(
      new Map([
        ['batch#a', { ...keyOf('batch#a'), from: S('1') }],
        ['batch#c', { ...keyOf('batch#c'), from: S('3') }],
      ]),
    );
  });

  it('are read singly where DynamoDB leaves them out of its answer', async () => {
    const answer = {
      Responses: { table: [keyOf('batch#a')] },
      UnprocessedKeys: { table: { Keys: [keyOf('batch#b'), keyOf('batch#c')] } },
    };
    const client = { send: async () => answer } as unknown as DynamoDBClient;
    const there = async (sk: string) => (sk === 'batch#b' ? keyOf(sk) : undefined);

    const found = await getItems(client, 'table', ['batch#a', 'batch#b', 'batch#c'].map(keyOf), there);

    expect([...found.keys()]).toEqual(['batch#a', 'batch#b']);
  });

  it('are read singly when the answer does not name the table', async () => {
    const client = { send: async () => ({}) } as unknown as DynamoDBClient;

    const found = await getItems(client, 'table', [keyOf('batch#a')], async (sk) => keyOf(sk));

    expect([...found.keys()]).toEqual(['batch#a']);
  });

  it('come in requests of a hundred, which is the most that DynamoDB takes', async () => {
    const sizes: (number | undefined)[] = [];
    const client = {
      async send({ input }: BatchGetItemCommand) {
        sizes.push(input.RequestItems?.table?.Keys?.length);
        return {};
      },
    } as unknown as DynamoDBClient;
    const keys = Array.from({ length: 250 }, (_, n) => keyOf(`batch#${n}`));

    await getItems(client, 'table', keys, async () => undefined);

    expect(sizes).toEqual([100, 100, 50]);
  });
});
