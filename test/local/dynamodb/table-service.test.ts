import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  DynamoDBClient as Client,
  DescribeLimitsCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTable } from '../../../local/dynamodb/table-service.ts';
import { clientOf } from '../../../local/services/identity.ts';
import { STATE_TABLE } from '../../support/state-table-definition.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { keyOf, TableName, tableIn } from './support/table-in.ts';

async function put(client: DynamoDBClient, sk: string, bytes: number): Promise<void> {
  await client.send(
    new PutItemCommand({ TableName, Item: { ...keyOf(sk), text: { S: 'x'.repeat(bytes) } } }),
  );
}

describe('startTable', () => {
  it('keeps items over a restart', async () => {
    const folder = await temporaryDirectory();
    const before = await tableIn(folder);
    await before.client.send(
      new PutItemCommand({ TableName, Item: { ...keyOf('state'), cursor: { S: '7' } } }),
    );
    await before.close();

    const after = await tableIn(folder);
    const { Item } = await after.client.send(new GetItemCommand({ TableName, Key: keyOf('state') }));

    expect(Item).toEqual({ ...keyOf('state'), cursor: { S: '7' } });
  });

  it('survives a client that goes away in the middle of its request', async () => {
    const { service, client } = await tableIn(await temporaryDirectory());
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":');
    socket.resetAndDestroy();
    await once(socket, 'close');

    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf('state') }));

    expect(Item).toBeUndefined();
  });

  it('rejects when its file is damaged, and can be tried again', async () => {
    const folder = await temporaryDirectory();
    await writeFile(join(folder, 'tables.db'), 'nonsense'.repeat(1_000));

    await expect(startTable(folder, STATE_TABLE)).rejects.toThrow('file is not a database');
  });

  it('refuses a table whose keys it could not order', async () => {
    const attributes = STATE_TABLE.attributes.map((each) => ({ ...each, AttributeType: 'N' as const }));
    const started = startTable(await temporaryDirectory(), { ...STATE_TABLE, attributes });

    await expect(started).rejects.toThrow('state must have a text as partition key and a text as sort key');
  });

  it('answers nobody but this run', async () => {
    const { service } = await tableIn(await temporaryDirectory());
    const credentials = { accessKeyId: 'somebody', secretAccessKey: 'else' };
    const stranger = new Client({ ...clientOf(service.url), credentials, maxAttempts: 1 });

    await expect(stranger.send(new GetItemCommand({ TableName, Key: keyOf('state') }))).rejects.toThrow(
      'answers only to the run',
    );
    stranger.destroy();
  });

  it('refuses a stranger before it takes what the stranger sends, which might be endless', async () => {
    const { service } = await tableIn(await temporaryDirectory());
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write('POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1000000000\r\n\r\n{"half":');

    const [answer] = await once(socket, 'data');

    expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /);
  }, 5_000);
});

describe('a request', () => {
  it('that nothing of ours makes is refused by name', async () => {
    const { client } = await tableIn(await temporaryDirectory());

    await expect(client.send(new DescribeLimitsCommand({}))).rejects.toThrow(
      'Local mode does not know DynamoDB_20120810.DescribeLimits.',
    );
  });

  it('with a parameter that would be ignored is refused, and says which', async () => {
    const { client } = await tableIn(await temporaryDirectory());
    const get = new GetItemCommand({ TableName, Key: keyOf('state'), ProjectionExpression: 'cursor' });

    await expect(client.send(get)).rejects.toThrow(/Unrecognized key: "ProjectionExpression"/);
  });

  it('for a table that is not there is refused as DynamoDB refuses it', async () => {
    const { client } = await tableIn(await temporaryDirectory());

    await expect(
      client.send(new GetItemCommand({ TableName: 'other', Key: keyOf('state') })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each([
    ['SET cursor = if_not_exists(cursor, :a)', { ':a': { S: '1' } }, 'does not know the update SET'],
    ['SET seq = seq + :a', { ':a': { N: '1' } }, 'does not exist in the item'],
    ['SET list[0] = :a', { ':a': { S: '1' } }, 'does not know the update SET'],
    ['REMOVE list[0]', undefined, 'does not know the update REMOVE'],
    ['set cursor = :a', { ':a': { S: '1' } }, 'does not know the update set'],
    ['ADD text :a', { ':a': { NS: ['1'] } }, 'incorrect data type'],
    ['DELETE text :a', { ':a': { NS: ['1'] } }, 'incorrect data type'],
    ['', undefined, 'UpdateExpression'],
    ['SET cursor = :a', { ':a': { S: '1' }, ':b': { S: '2' } }, ':b is given and not used'],
    ['SET cursor = :a, seq = :b', { ':a': { S: '1' } }, ':b is used in an expression and not given'],
    ['SET cursor = :a REMOVE cursor', { ':a': { S: '1' } }, 'Two document paths overlap'],
    ['SET failures.a = :a', { ':a': { S: '1' } }, 'is invalid for update'],
    ['SET sk = :a', { ':a': { S: '1' } }, 'part of the key'],
    ['SET cursor = :a', { ':a': { B: new Uint8Array([1]) } }, 'no item of S, N, BOOL, NS, L and M'],
    [`SET cursor = :a REMOVE ${'x'.repeat(4_096)}`, { ':a': { S: '1' } }, 'Expression size has exceeded'],
  ])('to update by %s is refused, and changes nothing', async (UpdateExpression, values, reason) => {
    const { client } = await tableIn(await temporaryDirectory());
    const Key = keyOf('state');
    await put(client, 'state', 1);
    const before = await client.send(new GetItemCommand({ TableName, Key }));

    await expect(
      client.send(
        new UpdateItemCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues: values }),
      ),
    ).rejects.toThrow(reason);

    expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(before.Item);
  });
});

describe('a condition', () => {
  it.each([
    'size(pk) = :a',
    '(pk = :a',
    'pk = :a OR sk = :a',
    'NOT pk = :a',
    'attribute_exists(list[0]) AND pk = :a',
  ])('%s is refused, and not taken for one that fails', async (ConditionExpression) => {
    const { client } = await tableIn(await temporaryDirectory());
    const put = new PutItemCommand({
      ...{ TableName, Item: keyOf('state'), ConditionExpression },
      ExpressionAttributeValues: { ':a': { S: '1' } },
    });

    await expect(client.send(put)).rejects.toThrow('does not know the condition');
  });
});

it('shows what is there to whoever looks: by pages of a scan, of a partition, and a counter counts', async () => {
  const { client } = await tableIn(await temporaryDirectory());
  for (const sk of ['a', 'b', 'c']) await put(client, sk, 1);
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: keyOf('state'),
      UpdateExpression: 'SET #seq = :seq',
      ExpressionAttributeNames: { '#seq': 'seq' },
      ExpressionAttributeValues: { ':seq': { N: '7' } },
    }),
  );
  const counted = await client.send(
    new UpdateItemCommand({
      TableName,
      Key: keyOf('state'),
      UpdateExpression: 'SET #seq = #seq + :one',
      ExpressionAttributeNames: { '#seq': 'seq' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const first = await client.send(new ScanCommand({ TableName, Limit: 3 }));
  const rest = await client.send(new ScanCommand({ TableName, ExclusiveStartKey: first.LastEvaluatedKey }));
  const partition = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeValues: { ':partition': { S: 'ledger' } },
    }),
  );

  expect(counted.Attributes?.seq).toEqual({ N: '8' });
  expect(first.Items?.map(({ sk }) => sk?.S)).toEqual(['a', 'b', 'c']);
  expect(rest).toMatchObject({ Count: 1, Items: [{ ...keyOf('state'), seq: { N: '8' } }] });
  expect(partition.Count).toBe(4);
});

describe("DynamoDB's limits", () => {
  it.each([
    ['pk', 2_048],
    ['sk', 1_024],
  ])('a %s of more than %d bytes is refused', async (name, most) => {
    const { client } = await tableIn(await temporaryDirectory());
    const putKey = (bytes: number) => {
      const text = `é${'x'.repeat(bytes - 2)}`;
      return client.send(new PutItemCommand({ TableName, Item: { ...keyOf('state'), [name]: { S: text } } }));
    };

    await putKey(most);

    await expect(putKey(most + 1)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('a read of several items names each once', async () => {
    const { client } = await tableIn(await temporaryDirectory());
    const Keys = [keyOf('state'), keyOf('state')];

    await expect(
      client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } })),
    ).rejects.toThrow('contains duplicates');
  });

  it.each(['a', 'batch', 'c'])(
    'a query does not begin outside of what it asks for, as after %s',
    async (sk) => {
      const { client } = await tableIn(await temporaryDirectory());
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :partition AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':partition': { S: 'ledger' }, ':prefix': { S: 'batch#' } },
        ExclusiveStartKey: keyOf(sk),
      });

      await expect(client.send(query)).rejects.toThrow('outside query boundaries');
    },
  );

  it('an item of more than 400 KB is refused', async () => {
    const { client } = await tableIn(await temporaryDirectory());
    const names = 'pk'.length + 'ledger'.length + 'sk'.length + 'state'.length + 'text'.length;

    await put(client, 'state', 400 * 1024 - names);

    await expect(put(client, 'state', 400 * 1024 - names + 1)).rejects.toThrow('Item size has exceeded');
  });

  it('a query gives 1 MB, and says where to go on', async () => {
    const { client } = await tableIn(await temporaryDirectory());
    for (let n = 0; n < 5; n++) await put(client, `batch#${n}`, 300 * 1024);
    const query = (ExclusiveStartKey?: Record<string, { S: string }>) =>
      client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :partition AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':partition': { S: 'ledger' }, ':prefix': { S: 'batch#' } },
          ExclusiveStartKey,
        }),
      );

    const first = await query();
    const rest = await query(keyOf('batch#2'));

    expect(first).toMatchObject({ Count: 3, LastEvaluatedKey: keyOf('batch#2') });
    expect(rest.Items?.map(({ sk }) => sk?.S)).toEqual(['batch#3', 'batch#4']);
    expect(rest.LastEvaluatedKey).toBeUndefined();
  });

  it('a read of several items gives 16 MB, and names the others', async () => {
    const { client } = await tableIn(await temporaryDirectory());
    const Keys = Array.from({ length: 43 }, (_, n) => keyOf(`batch#${n}`));
    for (const { sk } of Keys) await put(client, sk.S, 390 * 1024);

    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }),
    );

    const read = Responses?.[TableName] ?? [];

    expect(read).toHaveLength(42);
    expect(UnprocessedKeys?.[TableName]?.Keys).toEqual(Keys.slice(42));
  });
});
