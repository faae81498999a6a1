import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { createTable } from '../../../../lambdas/shared/ledger/table.ts';

/** DynamoDB, which answers every request so. */
const table = (answer: object) =>
  createTable({ send: async () => answer } as unknown as DynamoDBClient, 'table');

it('an answer without items is not taken for an empty table', async () => {
  await expect(table({}).range('endpoint', 'state')).rejects.toThrow('DynamoDB');
  await expect(table({}).page('batch#', 4)).rejects.toThrow('DynamoDB');
  await expect(table({}).first('batch#', () => true)).rejects.toThrow('DynamoDB');
});

it('an empty list of items is', async () => {
  expect(await table({ Items: [] }).range('endpoint', 'state')).toEqual(new Map());
  expect(await table({ Items: [] }).page('batch#', 4)).toEqual([]);
});
