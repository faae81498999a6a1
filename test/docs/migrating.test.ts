import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { webhookFields } from '../../infra/config-fields.ts';
import { createWebhookClient } from '../../lambdas/deliverer/webhook-client.ts';
import { eventBody } from '../../lambdas/poller/events/event-body.ts';
import { createFilter } from '../../lambdas/poller/events/event-filter.ts';
import { idOf } from '../../lambdas/shared/log-event.ts';
import { AUTH0_KEYS, parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import { parseWebhookSettings, WEBHOOK_KEYS } from '../../lambdas/shared/settings/webhook-settings.ts';
import { isObject } from '../../lambdas/shared/text/json.ts';
import { SIGNING_SECRET } from '../support/settings.ts';
import { startOldReceiver } from './migrating/old-receivers.ts';
import { changedParts, newNames, shownBodies } from './migrating/page.ts';
import { recordedOf, type Sender } from './migrating/recorded.ts';

const SENDERS: readonly Sender[] = ['webtask', 'extension', 'log-stream'];

/** How docs/migrating.md says to rewrite values. All others are taken as they were. */
const REWRITTEN: Readonly<Record<string, (value: unknown) => unknown>> = {
  SCHEDULE: () => 'rate(5 minutes)',
  httpCustomHeaders: () => '{"x-team":"identity"}',
  httpContentFormat: (format) => String(format === 'JSONARRAY'),
  filters: () => 'sapi,users',
  pii_config: () => '**.email',
};

/** Moves the old settings to their new names, as somebody would by the page. */
function moved(sender: Sender): Readonly<Record<string, unknown>> {
  const names = newNames(sender);
  return Object.fromEntries(
    Object.entries(recordedOf(sender).settings).flatMap(([key, value]) =>
      (names.get(key) ?? []).map((name) => [name, REWRITTEN[key]?.(value) ?? value]),
    ),
  );
}

function pick(values: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

/** Parses the three places into which they go, with the parsers of a deployment. */
function parsed(sender: Sender, also: Readonly<Record<string, string>> = {}) {
  const values = moved(sender);
  const auth0 = parseAuth0Settings(
    JSON.stringify({
      AUTH0_CLIENT_ID: 'id',
      AUTH0_CLIENT_SECRET: 'secret',
      AUTH0_DOMAIN: 'example.eu.auth0.com',
      ...pick(values, AUTH0_KEYS),
    }),
  );
  const webhook = parseWebhookSettings(
    JSON.stringify({ WEBHOOK_SIGNING_SECRET: SIGNING_SECRET, ...pick(values, WEBHOOK_KEYS), ...also }),
  );
  if ('faults' in auth0) throw new Error(JSON.stringify(auth0.faults));
  if ('faults' in webhook) throw new Error(JSON.stringify(webhook.faults));
  const stack = webhookFields.parse(pick(values, Object.keys(webhookFields.shape)));
  return { auth0: auth0.settings, webhook: webhook.settings, stack };
}

const ALLOW_HTTP = { WEBHOOK_ALLOW_HTTP: 'true' };

describe.each(SENDERS)('docs/migrating.md, %s', (sender) => {
  it('says of every setting what becomes of it, by a name that there is', () => {
    const names = newNames(sender);
    const known = [...AUTH0_KEYS, ...WEBHOOK_KEYS, ...Object.keys(webhookFields.shape)];

    const { settings } = recordedOf(sender);

    expect(Object.keys(settings).filter((key) => !names.has(key))).toEqual([]);
    expect([...names.values()].flat().filter((name) => !known.includes(name))).toEqual([]);
  });

  it('leads to settings without a fault', () => {
    expect(() => parsed(sender, sender === 'webtask' ? ALLOW_HTTP : {})).not.toThrow();
  });
});

it('keeps what the webtask was told', () => {
  const { auth0, webhook, stack } = parsed('webtask', ALLOW_HTTP);

  expect(auth0.filter.endpoints).toEqual([['users'], ['connections']]);
  expect(webhook.url.href).toBe('http://my.webhook.url/something');
  expect(stack.concurrentCalls).toBe(10);
});

it('keeps what the extension was told', () => {
  const { auth0, webhook, stack } = parsed('extension');

  expect(auth0.filter.endpoints.flat()).toEqual([
    'users',
    'connections',
    'rules',
    'emails',
    'stats',
    'clients',
    'tenants',
  ]);
  expect(auth0.startFrom).toEqual({
    kind: 'log_id',
    logId: '90020190906073310500000000000000000001223372052035100299',
  });
  expect(webhook).toMatchObject({
    sendAsBatch: true,
    headers: { authorization: 'Basic dm9yZGVsOnZvcmRlbA==' },
  });
  expect(stack).toMatchObject({ concurrentCalls: 5, schedule: 'rate(5 minutes)' });
});

it('keeps what the stream was told', () => {
  const { auth0, webhook } = parsed('log-stream');

  expect(auth0.filter.logTypes).toEqual(expect.arrayContaining(['sapi', 'ss', 'sdu']));
  expect(webhook).toMatchObject({
    sendAsBatch: false,
    headers: { authorization: 'Bearer not-a-secret', 'x-team': 'identity' },
  });
});

/** Body and headers by which our own delivery sends these log events. */
async function delivered(sender: Sender, url: string, payload: 'compact' | 'full' = 'compact') {
  const { logEvents } = recordedOf(sender);
  const local = { WEBHOOK_URL: url, ...ALLOW_HTTP, WEBHOOK_ALLOW_PRIVATE: 'true' };
  const { auth0, webhook } = parsed(sender, local);
  const matches = createFilter(auth0.filter);
  expect(logEvents.map(matches)).toEqual(logEvents.map(() => 'matched'));
  const bodies = logEvents.map((event) => eventBody(event, { payload, redact: [] }).json);
  const client = createWebhookClient(webhook, 1, Date.now);
  const requests = webhook.sendAsBatch ? [`[${bodies.join(',')}]`] : bodies;
  for (const [index, body] of requests.entries()) {
    const outcome = await client.attempt(idOf(logEvents[index]), body);
    expect(outcome).toEqual({ kind: 'delivered', status: 200 });
  }
  client.close();
  return requests.map((body): unknown => JSON.parse(body));
}

describe.each(['webtask', 'extension'] as const)('the receiver of the %s', (sender) => {
  const { calls, logEvents, settings } = recordedOf(sender);
  const takesArrays = settings.SEND_AS_BATCH === 'true';

  it('does the same with our calls as with those that it knows, and needs no change', async () => {
    const before = await startOldReceiver(takesArrays);
    const now = await startOldReceiver(takesArrays);

    for (const { headers, body } of calls)
      await fetch(before.url, { method: 'POST', headers, body: JSON.stringify(body) });
    await delivered(sender, now.url);

    expect(before.acts.length).toBe(logEvents.length);
    expect(now.acts).toEqual(before.acts);
  });

  it('gets nothing new in the body but what the page says, and the rest as it was', async () => {
    const receiver = await startOldReceiver(takesArrays);

    const ours = (await delivered(sender, receiver.url)).flat();

    const theirs = calls.flatMap(({ body }) => body);
    for (const [index, event] of ours.entries()) {
      const before = theirs[index];
      expect(event).toMatchObject(isObject(before) ? before : {});
      const added = Object.keys(event ?? {}).filter((key) => !Object.hasOwn(Object(before), key));
      expect(added).toEqual(changedParts(sender).added.filter((part) => !part.startsWith('webhook-')));
    }
  });

  it('gets the headers that it knows, and those that the page names', async () => {
    const receiver = await startOldReceiver(takesArrays);

    await delivered(sender, receiver.url);

    const theirs = calls[0]?.headers ?? {};
    const [ours = {}] = receiver.headers;
    const { 'user-agent': _, accept: __, ...kept } = theirs;

    expect(ours).toMatchObject(kept);
    const signed = Object.keys(ours).filter((name) => name.startsWith('webhook-'));

    expect(signed.toSorted()).toEqual(
      changedParts(sender)
        .added.filter((part) => part.startsWith('webhook-'))
        .toSorted(),
    );
  });

  it('was recorded as the old code made its calls: date, request and response of the log event', () => {
    const made = logEvents.map(({ date, details }) => ({ date, ...(isObject(details) ? details : {}) }));

    expect(calls.flatMap(({ body }) => body)).toEqual(made);
  });
});

it('a receiver of streams that reads `body.data ?? body` takes both', () => {
  const { calls, logEvents } = recordedOf('log-stream');
  const unwrapped = z.object({ data: z.unknown().optional() }).loose();
  const read = (body: unknown) => unwrapped.parse(body).data ?? body;

  const theirs = calls.map(({ body }) => read(body));
  const ours = logEvents.map((event): unknown =>
    read(JSON.parse(eventBody(event, { payload: 'full', redact: [] }).json)),
  );

  const same = ({ log_id, date, type, details }: Record<string, unknown>) => ({
    log_id,
    date,
    type,
    details,
  });

  expect(ours.map((event) => same(Object(event)))).toEqual(theirs.map((event) => same(Object(event))));
});

const shownEvent = z.record(z.string(), z.unknown());

/** The one event of a body, which may be an array of it. */
const eventIn = (body: unknown) => shownEvent.parse([body].flat()[0]);

describe.each(['webtask', 'extension'] as const)(
  'the two bodies that the page shows for the %s',
  (sender) => {
    it('are of one log event: as it came, and as it comes now', () => {
      const [before, now] = shownBodies(sender).map(eventIn);

      const { request, response, ...rest } = now ?? {};
      const ours: unknown = JSON.parse(
        eventBody({ ...rest, details: { request, response } }, { payload: 'compact', redact: [] }).json,
      );

      expect(ours).toEqual(now);
      expect({ date: rest.date, request, response }).toEqual(before);
    });
  },
);

it('the two bodies that the page shows for the stream are of one log event', () => {
  const [before, now] = shownBodies('log-stream').map(eventIn);

  const { user_agent: _, ...theirs } = shownEvent.parse(before?.data);
  const { user_agent: __, ...ours } = now ?? {};

  expect(ours).toEqual(theirs);
  expect(before?.log_id).toBe(now?.log_id);
});
