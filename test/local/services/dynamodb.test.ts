import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDynamoDb } from '../../../local/services/dynamodb.ts';
import { clientOf } from '../../../local/services/identity.ts';
import type { TableDefinition } from '../../../local/template/resources.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const TABLE: TableDefinition = {
  name: 'State',
  keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  attributes: [{ AttributeName: 'pk', AttributeType: 'S' }],
};
const Key = { pk: { S: 'ledger' } };

async function start(path: string) {
  const service = await startDynamoDb(path, [TABLE]);
  const client = new DynamoDBClient(clientOf(service.url));
  const close = async () => {
    client.destroy();
    await service.close();
  };
  return { service, client, close };
}

describe('startDynamoDb', () => {
  it('keeps items over a restart', async () => {
    const path = await temporaryDirectory();
    const before = await start(path);
    await before.client.send(
      new PutItemCommand({ TableName: 'State', Item: { ...Key, cursor: { S: '7' } } }),
    );
    await before.close();

    const after = await start(path);
    onTestFinished(after.close);

    const { Item } = await after.client.send(
      new GetItemCommand({ TableName: 'State', Key, ConsistentRead: true }),
    );

    expect(Item?.cursor).toEqual({ S: '7' });
  });

  it('survives a client that goes away in the middle of its request', async () => {
    const { service, client, close } = await start(await temporaryDirectory());
    onTestFinished(close);
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":');
    socket.resetAndDestroy();
    await once(socket, 'close');

    const { Item } = await client.send(new GetItemCommand({ TableName: 'State', Key }));

    expect(Item).toBeUndefined();
  });

  it('rejects when its files are damaged, instead of ending the process later', async () => {
    const path = join(await temporaryDirectory(), 'table');
    const service = await startDynamoDb(path, [TABLE]);
    await service.close();
    await writeFile(join(path, 'CURRENT'), 'nonsense');

    await expect(startDynamoDb(path, [TABLE])).rejects.toThrow('CURRENT');
  });
});
