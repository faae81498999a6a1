import { createServer } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../local/http-server.ts';
import { clientOf } from '../../../local/services/identity.ts';
import { answerJson, faultOf } from '../../../local/services/json-protocol.ts';
import { keyOf, TableName } from '../dynamodb/support/table-in.ts';

/** Options of a client of a service in which everything fails so. */
async function failingBy(error: Error) {
  const server = createServer((request, response) => answerJson(request, response, () => faultOf(error)));
  const url = await listenOnLoopback(server);
  onTestFinished(() => closeServer(server));
  return { ...clientOf(url), maxAttempts: 1 };
}

it.each([
  ['database or disk is full', 'DiskFull'],
  ['database disk image is malformed', 'InternalServerError'],
])('a fault of a service has a name that log lines can tell: %s', async (message, name) => {
  const options = await failingBy(new Error(message));
  const [table, queue] = [new DynamoDBClient(options), new SQSClient(options)];
  onTestFinished(() => {
    for (const client of [table, queue]) client.destroy();
  });

  await expect(table.send(new GetItemCommand({ TableName, Key: keyOf('state') }))).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 500 },
  });
  await expect(
    queue.send(new SendMessageCommand({ QueueUrl: `${options.endpoint}/1/q`, MessageBody: 'x' })),
  ).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 500 } });
});
