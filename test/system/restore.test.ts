import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { startTable } from '../../local/dynamodb/table-service.ts';
import { clientOf } from '../../local/services/identity.ts';
import { readPipeline } from '../../local/template/pipeline.ts';
import { synthesised } from '../../local/template/synthesised.ts';
import { tally, userChange } from './events.ts';
import { createWorld, once, start, until, type World } from './local-run.ts';

const HOUR = 3_600_000;
const USERS = 6;

/** docs/operations.md, "Restore", as far as embedded services go, which keep no points in time. */
it('a table of ten minutes ago takes nothing that waits for delivered, also when Auth0 has lost it', async () => {
  let later = 0;
  const world = await createWorld({ now: () => Date.now() + later });
  append(world, 0, 20, 120);
  await once(world);
  await keepTable(world);

  // Then 40 events wait behind an endpoint that is down, and the table goes back.
  append(world, 20, 60, 110);
  world.receiver.respond = () => ({ status: 500 });
  const run = start(world, []);
  await until(() => world.seen.length >= 25);
  run.child.kill('SIGINT');
  await run.ended;
  await restoreTable(world);

  // Auth0 keeps its log for a day. What is read now gets numbers that messages have already.
  later = 23 * HOUR;
  append(world, 60, 66, 0);
  world.receiver.respond = () => undefined;
  const { code, result } = await once(world, ['--timeout', '100']);

  expect(code).toBe(0);
  expect(result).toMatchObject({ pending: 0, deadLettered: 0 });
  expect(tally(world.seen)).toEqual({ distinct: 66, duplicates: 0, outOfOrder: 0 });
}, 150_000);

/** Appends changes that Auth0 took in so many minutes ago. */
function append(world: World, from: number, to: number, minutes: number): void {
  const ingestedAt = Date.now() - minutes * 60_000;
  const date = new Date(ingestedAt).toISOString();
  const indexes = Array.from({ length: to - from }, (_, n) => from + n);
  world.tenant.append(
    indexes.map((index) => userChange(index, date, USERS)),
    { ingestedAt },
  );
}

async function keepTable({ data }: World): Promise<void> {
  await cp(join(data, 'dynamodb'), join(data, 'kept'), { recursive: true });
  const { table } = readPipeline(await synthesised({ concurrentCalls: undefined }), (name) => name);
  const service = await startTable(join(data, 'kept'), table);
  const client = new DynamoDBClient(clientOf(service.url));
  // DynamoDB restores to five minutes ago at the latest. A test does not wait for so long.
  await client.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: { pk: { S: 'ledger' }, sk: { S: 'checkpoint' } },
      UpdateExpression: 'SET writtenAt = :at',
      ExpressionAttributeValues: { ':at': { N: String(Date.now() - 10 * 60_000) } },
    }),
  );
  client.destroy();
  await service.close();
}

async function restoreTable({ data }: World): Promise<void> {
  await rm(join(data, 'dynamodb'), { recursive: true });
  await cp(join(data, 'kept'), join(data, 'dynamodb'), { recursive: true });
}
