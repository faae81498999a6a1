import { expect, it, vi } from 'vitest';
import { functions } from '../support/functions.ts';
import { logEvent, logIdAt } from '../support/log-event.ts';
import { asRecord, received, webhookMessage } from '../support/messages.ts';
import { httpAnswer, rawServer } from '../support/raw-server.ts';
import { SIGNING_SECRET } from '../support/settings.ts';

const idOf = (head: string) => /webhook-id: (\S+)/.exec(head)?.[1];

/** A receiver that refuses the given ids, and both functions. */
async function pipeline(pollerSeconds?: number) {
  const refused = new Set<string>();
  const receiver = await rawServer((socket, { head }) =>
    socket.write(httpAnswer(refused.has(idOf(head) ?? '') ? 500 : 200, 'answer of the receiver')),
  );
  const all = await functions(
    {
      WEBHOOK_URL: `http://127.0.0.1:${receiver.port}/`,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
    },
    pollerSeconds,
  );
  const { client, events } = all.queues;
  /** Takes what is on the queue, in the order of the batch. */
  const takeAll = async () => {
    const records = (await received(client, events.url)).map(asRecord);
    return records.toSorted(
      (a, b) =>
        Number(a.messageAttributes.ordinal?.stringValue) - Number(b.messageAttributes.ordinal?.stringValue),
    );
  };
  return { ...all, receiver, refused, takeAll };
}

const ago = Date.now() - 60_000;
const change = (sequence: number, user: string) =>
  logEvent({ time: ago, sequence, path: `/api/v2/users/${user}` });

it('what the poller reads is what the receiver gets; a failing event returns alone', async () => {
  const { poller, deliverer, tenant, receiver, refused, takeAll, table } = await pipeline();
  tenant.append([change(0, 'a'), change(1, 'b'), change(2, 'c')]);

  expect(await poller.invoke({})).toEqual({});
  refused.add(logIdAt(ago, 1));
  const records = await takeAll();

  expect(records).toHaveLength(3);
  const failing = records.find(
    ({ messageAttributes }) => messageAttributes.log_id?.stringValue === logIdAt(ago, 1),
  );
  const { result } = await deliverer.invoke({ Records: records });

  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: failing?.messageId }] });
  expect(new Set(receiver.requests.map(({ head }) => idOf(head)))).toEqual(
    new Set([0, 1, 2].map((n) => logIdAt(ago, n))),
  );
  refused.clear();

  expect((await deliverer.invoke({ Records: records })).result).toEqual({ batchItemFailures: [] });
  expect(receiver.requests).toHaveLength(4);
  const checkpoint = await table.get('checkpoint');

  expect(checkpoint?.position).toEqual({ S: logIdAt(ago, 2) });
});

it('an invocation that is told to poll again enqueues what happens while it runs, and ends in time', async () => {
  const { poller, tenant, takeAll, setAuth0 } = await pipeline(9);
  await setAuth0({
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: tenant.clientSecret,
    START_FROM: 'earliest',
    SETTLE_SECONDS: '0',
  });
  tenant.append([change(0, 'a')]);
  const ended = poller.invoke({ pollEverySeconds: 1 });
  await vi.waitUntil(() => poller.output().includes('"matched":1'), { timeout: 5_000 });

  tenant.append([change(1, 'b')]);

  expect(await ended).toEqual({});
  expect(await takeAll()).toHaveLength(2);
  expect(poller.output().split('poll.completed').length - 1).toBeGreaterThan(2);
});

it('several records of one group in one invocation keep their order and wait for each other', async () => {
  const { poller, deliverer, tenant, receiver, refused, takeAll } = await pipeline();
  tenant.append([change(0, 'a'), change(1, 'a'), change(2, 'a')]);
  await poller.invoke({});
  const [first] = await takeAll();
  if (!first) throw new Error('nothing was enqueued');
  const place = (ordinal: number) => ({
    ...first,
    messageId: `m${ordinal}`,
    messageAttributes: {
      ...first.messageAttributes,
      ordinal: { stringValue: String(ordinal), dataType: 'String' as const },
      log_id: { stringValue: logIdAt(ago, ordinal), dataType: 'String' as const },
    },
  });
  const Records = [first, place(1), place(2)];
  refused.add(logIdAt(ago, 1));

  expect((await deliverer.invoke({ Records })).result).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }],
  });
  refused.clear();

  expect((await deliverer.invoke({ Records })).result).toEqual({ batchItemFailures: [] });
  expect(receiver.requests.map(({ head }) => idOf(head))).toEqual([0, 1, 1, 2].map((n) => logIdAt(ago, n)));
});

it('wrong settings are told by key, lose nothing, and are taken back when they are mended', async () => {
  const { poller, deliverer, tenant, takeAll, setAuth0, setWebhook, receiver } = await pipeline();
  await setAuth0({ AUTH0_DOMAIN: '/', PAYLOAD: 'x' });

  expect(await poller.invoke({})).toEqual({});
  expect(poller.output()).toMatch(
    /"settings.invalid".*AUTH0_DOMAIN.*AUTH0_CLIENT_ID.*AUTH0_CLIENT_SECRET.*PAYLOAD/,
  );
  await setAuth0({
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: tenant.clientSecret,
    START_FROM: 'earliest',
  });
  tenant.append([change(0, 'a')]);
  await poller.invoke({});
  await setWebhook({ WEBHOOK_URL: 'http://127.0.0.1' });
  const Records = await takeAll();

  expect(Records).toHaveLength(1);
  expect((await deliverer.invoke({ Records })).result).toEqual({
    batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }],
  });
  expect(deliverer.output()).toMatch(/"settings.invalid".*WEBHOOK_SIGNING_SECRET/);
  expect(receiver.requests).toEqual([]);
});

it('refused credentials fail the poll with what to check', async () => {
  const { poller, setAuth0, tenant } = await pipeline();
  const wrong = {
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: 'marked-secret',
  };
  await setAuth0(wrong);
  const { error } = await poller.invoke({});

  expect(error).toContain('AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET');
  expect(poller.output()).not.toContain('marked-secret');
});

it('a message that is none of ours goes to the dead-letter queue', async () => {
  const { deliverer, queues, receiver } = await pipeline();
  const foreign = asRecord({ MessageId: 'x', ReceiptHandle: 'y', Body: 'hello' });

  expect((await deliverer.invoke({ Records: [foreign] })).result).toEqual({ batchItemFailures: [] });
  expect(await received(queues.client, queues.deadLetters.url)).toMatchObject([{ Body: 'hello' }]);
  expect(receiver.requests).toEqual([]);
});

it('a message of a lost table is delivered', async () => {
  const { deliverer, receiver } = await pipeline();
  const { body, ...place } = webhookMessage();
  const texts = { ...place, log_id: place.logId, ordinal: '0' };
  const MessageAttributes = Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, { DataType: 'String', StringValue: String(value) }]),
  );
  const record = asRecord({ MessageId: 'x', ReceiptHandle: 'y', Body: body, MessageAttributes });

  expect((await deliverer.invoke({ Records: [record] })).result).toEqual({ batchItemFailures: [] });
  expect(receiver.requests).toHaveLength(1);
});
