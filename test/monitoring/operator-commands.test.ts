import { type AttributeValue, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createLedger, type Ledger } from '../../lambdas/shared/ledger/ledger.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import { startDynamoDb } from '../../local/services/dynamodb.ts';
import { clientOf } from '../../local/services/identity.ts';
import { temporaryDirectory } from '../local/support/temporary-directory.ts';
import { awsCallsOf, optionsOf } from './support/fake-aws.ts';
import { section, shellBlocks } from './support/runbook.ts';

const TABLE = 'state';
const OLD = `90020261122090000000${'0'.repeat(36)}`;
const NOW = `90020261123090000000${'0'.repeat(36)}`;
const LATER = `90020261124090000000${'0'.repeat(36)}`;

let ledger: Ledger;
let client: DynamoDBClient;

beforeEach(async () => {
  const service = await startDynamoDb(await temporaryDirectory(), [
    {
      name: TABLE,
      keySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      attributes: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    },
  ]);
  client = new DynamoDBClient(clientOf(service.url));
  ledger = createLedger(createTable(client, TABLE), () => 'drawn');
  onTestFinished(async () => {
    client.destroy();
    await service.close();
  });
});

/** Does what the AWS CLI would with such a call. */
async function update(call: readonly string[] | undefined): Promise<void> {
  expect(call?.slice(0, 2)).toEqual(['dynamodb', 'update-item']);
  const options = optionsOf(call ?? []);
  const json = (name: string) => JSON.parse(options[name] ?? '');
  const Key: Record<string, AttributeValue> = json('key');
  await client.send(
    new UpdateItemCommand({
      TableName: options['table-name'],
      Key,
      UpdateExpression: options['update-expression'],
      ConditionExpression: options['condition-expression'],
      ExpressionAttributeNames: json('expression-attribute-names'),
      ExpressionAttributeValues: json('expression-attribute-values'),
    }),
  );
}

describe('rewind', () => {
  const [, rewind = ''] = shellBlocks(section('Rewind', 2));
  const calls = (position: string) => awsCallsOf(rewind, { TABLE, POSITION: position });

  it('moves the cursor back, so that a poll that runs meanwhile ends', async () => {
    const read = await ledger.createState('ledger-1', NOW);
    const last = { id: 'batch#1', from: OLD, to: NOW, ids: ['a'] };
    const claimed = read && (await ledger.claim(read, { cursor: NOW, last }));

    await update(calls(OLD)[0]);

    expect(await ledger.readState()).toEqual({ ledger: 'ledger-1', cursor: OLD, seq: 2, last });
    expect(claimed && (await ledger.claim(claimed, { cursor: LATER }))).toBeUndefined();
  });

  it.each([
    ['forward', LATER],
    ['nowhere', NOW],
  ])('moves it never %s', async (_, position) => {
    await ledger.createState('ledger-1', NOW);

    await expect(update(calls(position)[0])).rejects.toThrow('conditional request failed');
    expect(await ledger.readState()).toMatchObject({ cursor: NOW, seq: 0 });
  });

  it('makes no state where there is none', async () => {
    await expect(update(calls(OLD)[0])).rejects.toThrow('conditional request failed');
    expect(await ledger.readState()).toBeUndefined();
  });

  it('makes a position of a time', () => {
    const [made = ''] = shellBlocks(section('Rewind', 2));
    const aws = `aws() { echo ${OLD}; }\n`;

    const [call] = awsCallsOf(`${aws}${made}\nunset -f aws\naws "$POSITION"`, { TABLE });

    expect(call).toEqual([NOW]);
  });
});

describe('dismiss', () => {
  const [, dismiss = ''] = shellBlocks(section('Dismiss', 2));

  async function batchOf(ordinals: readonly number[]): Promise<string> {
    const pending = new Set(ordinals);
    return await ledger.putBatch({ from: OLD, to: NOW, seq: 1, openedAt: 1, oldestAt: 1, pending });
  }
  function calls(batch: string, ordinal: number) {
    const block = dismiss.replace(/^BATCH=.*$/m, `BATCH='${batch}' ORDINAL=${ordinal} RECEIPT='receipt=='`);
    return awsCallsOf(block, { TABLE, DEAD_LETTERS: 'https://sqs.test/dead' });
  }

  it('takes the event out of its batch, and only then deletes its message', async () => {
    const batch = await batchOf([0, 3]);
    const [first, second] = calls(batch, 3);

    await update(first);

    expect((await ledger.readBatch(batch))?.pending).toEqual(new Set([0]));
    expect(second).toEqual(
      'sqs delete-message --queue-url https://sqs.test/dead --receipt-handle receipt=='.split(' '),
    );
  });

  it('leaves a batch of which nothing is pending for the next poll to remove', async () => {
    const batch = await batchOf([7]);

    await update(calls(batch, 7)[0]);
    await ledger.removeIfDelivered(batch);

    expect(await ledger.readBatch(batch)).toBeUndefined();
  });

  it('makes no ghost of a batch that is settled', async () => {
    await expect(update(calls('batch#gone#0000000001#x', 0)[0])).rejects.toThrow(
      'conditional request failed',
    );
    expect(await ledger.openBatches()).toEqual([]);
  });
});
