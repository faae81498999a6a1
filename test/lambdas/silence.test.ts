import { expect, it } from 'vitest';
import { functions } from '../support/functions.ts';
import { logEvent } from '../support/log-event.ts';
import { asRecord, received } from '../support/messages.ts';
import { httpAnswer, rawServer } from '../support/raw-server.ts';

const KEY = Buffer.from('MARKED-signing-key-of-thirty-two').toString('base64');
const MARKED = {
  email: 'marked.person@example.com',
  phone: 4915_1234_5678,
  note: 'MARKED "quoted"\nand broken',
  nested: [{ deep: 'MARKED-deep-value' }],
};

/** P7: no secret, token, signature or payload is in a log line, an error or a metric. */
it('neither function prints a secret, a token, a signature or a payload, whatever goes wrong', async () => {
  const answers = [
    (request: string) => httpAnswer(500, request),
    (request: string) => httpAnswer(400, JSON.stringify({ echo: request })),
    (request: string) =>
      httpAnswer(302, '', {
        location: `https://MARKED-user:MARKED-pass@x.example/${encodeURIComponent(request.slice(-50))}`,
      }),
    () => 'HTTP/1.1 MARKED\r\n\r\n',
    () => httpAnswer(200, 'MARKED'),
  ];
  const receiver = await rawServer((socket, { head, body, count }) =>
    socket.end(
      answers[(count - 1) % answers.length]?.(`${head}\r\n\r\n${Buffer.from(body, 'latin1')}`) ?? '',
    ),
  );
  const webhook = {
    WEBHOOK_URL: `http://127.0.0.1:${receiver.port}/MARKED-path?token=MARKED-query`,
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_SIGNING_SECRET: KEY,
    WEBHOOK_AUTHORIZATION: 'Bearer MARKED-authorization',
    WEBHOOK_HEADERS: '{"x-key":"MARKED-header"}',
  };
  const { poller, deliverer, tenant, queues, setAuth0, setWebhook } = await functions({
    ...webhook,
    WEBHOOK_URL: 'MARKED',
    WEBHOOK_AUTHORIZATION: 'MARKED\nü',
  });
  await setAuth0({ AUTH0_DOMAIN: 'MARKED domain', AUTH0_CLIENT_SECRET: 'MARKED secret' });
  await poller.invoke({});
  await setAuth0({
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: tenant.clientSecret,
    START_FROM: 'earliest',
  });
  const time = Date.now() - 60_000;
  tenant.append(
    [0, 1, 2, 3, 4].map((sequence) =>
      logEvent({ time, sequence, path: `/api/v2/users/${sequence}`, body: MARKED }),
    ),
  );
  const faults = [
    'reset',
    { status: 401, body: { message: 'MARKED-answer' } },
    { status: 502, body: '<html>MARKED</html>' },
    'truncate',
  ] as const;
  let asked = 0;
  tenant.onRequest = () => faults[asked++];
  for (let run = 0; run < 4; run++) await poller.invoke({});
  const Records = (await received(queues.client, queues.events.url)).map(asRecord);

  expect(Records).toHaveLength(5);
  await deliverer.invoke({ Records });
  await setWebhook(webhook);
  for (let run = 0; run < 5; run++) await deliverer.invoke({ Records });

  const printed = poller.output() + deliverer.output();

  expect(printed.match(/settings\.invalid/g)).toHaveLength(2);
  expect(printed).toMatch(/delivery\.attempted/);
  expect(printed).toMatch(/poll\.completed/);
  expect(printed).not.toMatch(/MARKED|marked\.person|491512345678/);
  expect(printed).not.toContain(KEY);
  expect(printed).not.toContain(tenant.clientSecret);
  expect(printed).not.toMatch(/v1,[A-Za-z0-9+/]{20}/);
  expect(printed).not.toMatch(/eyJ|Bearer/);
});
