import { createServer } from 'node:http';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { BODY_LIMIT_BYTES } from '../../../../lambdas/poller/events/event-size.ts';
import { createEventQueue } from '../../../../lambdas/shared/queue/event-queue.ts';
import { received, webhookMessage } from '../../../support/messages.ts';
import { eventQueues } from '../../../support/services.ts';

async function world() {
  const { client, events, deadLetters } = await eventQueues();
  const { url } = events;
  const urls = { queueUrl: url, deadLetterQueueUrl: deadLetters.url };
  return {
    client,
    url,
    deadLetters,
    events: createEventQueue(client, { ...urls, sleep: async () => {}, once: () => client }),
  };
}

it('a message carries the exact body, its place as attributes, and its resource as group', async () => {
  const { events, client, url } = await world();
  const message = webhookMessage({ body: '{"name":"Jürgen €"}' });
  await events.send([message], 'resource');
  const [sent] = await received(client, url);

  expect(sent?.Body).toBe(message.body);
  expect(sent?.Attributes?.MessageGroupId).toBe('users/auth0|1');
  const attributes = Object.entries(sent?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [
    name,
    StringValue,
  ]);

  expect(Object.fromEntries(attributes)).toEqual({
    ledger: 'ledger-1',
    batch: 'batch#1#1#r',
    ordinal: '0',
    log_id: '900',
    date: '2026-11-23T09:00:00.000Z',
    resource: 'users/auth0|1',
  });
});

it('one group for everything makes the order total', async () => {
  const { events, client, url } = await world();
  await events.send(
    [webhookMessage(), webhookMessage({ logId: '901', ordinal: 1, resource: 'clients/1' })],
    'total',
  );
  const [first] = await received(client, url);

  expect(first?.Attributes?.MessageGroupId).toBe('all');
});

it('a batch that is sent again adds nothing; the same event of another batch is new', async () => {
  const { events, client, url } = await world();
  const messages = ['900', '901', '902'].map((logId, ordinal) =>
    webhookMessage({ logId, ordinal, resource: `users/${logId}` }),
  );
  await events.send(messages, 'resource');
  await events.send(messages, 'resource');

  expect(await received(client, url)).toHaveLength(3);
  expect(await received(client, url)).toHaveLength(0);
  await events.send(
    messages.map((message) => ({ ...message, batch: 'batch#2', resource: `${message.resource}x` })),
    'resource',
  );

  expect(await received(client, url)).toHaveLength(3);
});

it('two events of one batch that have the same id are two messages', async () => {
  const { events, client, url } = await world();
  await events.send(
    [webhookMessage({ resource: 'a' }), webhookMessage({ ordinal: 1, resource: 'b' })],
    'resource',
  );
  await events.send([webhookMessage({ ordinal: 2, resource: 'c' })], 'resource');
  await events.send([webhookMessage({ ordinal: 3, resource: 'c' })], 'resource');
  const ordinals: (string | undefined)[] = [];
  for (const message of await received(client, url)) {
    ordinals.push(message.MessageAttributes?.ordinal?.StringValue);
  }

  expect(ordinals.toSorted()).toEqual(['0', '1', '2', '3']);
  await expect.poll(() => events.counts()).toEqual({ waiting: 4, deadLettered: 0 });
});

it('messages near the limit go in calls of their own', async () => {
  const { events, client, url } = await world();
  const body = `"${'x'.repeat(BODY_LIMIT_BYTES - 2)}"`;
  await events.send(
    [0, 1, 2].map((ordinal) =>
      webhookMessage({ body, ordinal, logId: `${ordinal}`, resource: `u/${ordinal}` }),
    ),
    'resource',
  );

  expect(await received(client, url)).toHaveLength(3);
});

it('counts what waits, visible or in flight', async () => {
  const { events, client, url } = await world();

  expect(await events.counts()).toEqual({ waiting: 0, deadLettered: 0 });
  await events.send([webhookMessage()], 'resource');

  expect(await events.counts()).toEqual({ waiting: 1, deadLettered: 0 });
  await received(client, url);

  expect(await events.counts()).toEqual({ waiting: 1, deadLettered: 0 });
});

it('quickly: one of a resource says which one is before it, and ten of them are one call', async () => {
  const { events, client, url } = await world();
  const messages = Array.from({ length: 4 }, (_, ordinal) =>
    webhookMessage({ logId: `${900 + ordinal}`, ordinal, resource: `users/${ordinal % 2}` }),
  );

  expect(await events.sendQuickly(messages, 'resource')).toBeUndefined();
  const texts = (await received(client, url)).map(({ MessageAttributes: of = {} }) => [
    of.ordinal?.StringValue,
    of.after?.StringValue,
    of.round?.StringValue,
  ]);

  expect(texts.toSorted()).toEqual([
    ['0', undefined, undefined],
    ['1', undefined, undefined],
    ['2', '0', undefined],
    ['3', '1', undefined],
  ]);
});

it('a batch that is sent anew in another round is not dropped, and says its round', async () => {
  const { events, client, url } = await world();
  await events.sendQuickly([webhookMessage()], 'total');
  await events.send([webhookMessage({ round: 1 })], 'total');
  const rounds = (await received(client, url)).map(({ MessageAttributes: of = {} }) => of.round?.StringValue);

  expect(rounds).toEqual([undefined, '1']);
});

it('quickly: a request whose answer is lost is made once, and is told', async () => {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    request.resume();
    response.writeHead(503).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const options = {
    endpoint: origin,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  };
  const once = new SQSClient({ ...options, maxAttempts: 1 });
  const urls = { queueUrl: `${origin}/events.fifo`, deadLetterQueueUrl: `${origin}/dead.fifo` };
  const events = createEventQueue(new SQSClient(options), {
    ...urls,
    sleep: async () => {},
    once: () => once,
  });

  expect(await events.sendQuickly([webhookMessage(), webhookMessage({ ordinal: 1 })], 'total')).toBeTypeOf(
    'string',
  );
  expect(requests).toBe(1);
});
