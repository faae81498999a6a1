/**
 * A tenant and a webhook in a process of their own, outside of everything that is measured. They
 * answer after a while, and say what came when.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { listenOnLoopback } from '../../local/http-server.ts';
import { generatedSource } from '../../local/stand-ins/tenant/log-source.ts';
import { startTenant } from '../../local/stand-ins/tenant/tenant.ts';

const { values } = parseArgs({
  options: {
    directory: { type: 'string', default: '' },
    events: { type: 'string', default: '0' },
    'page-ms': { type: 'string', default: '0' },
    'webhook-ms': { type: 'string', default: '0' },
  },
});
const events = Number(values.events);
const webhookMs = Number(values['webhook-ms']);
const HOUR_MS = 3_600_000;
const USERS = 500;

let seen = fresh();

function fresh() {
  return { firstPageAt: 0, lastCallAt: 0, calls: 0, most: 0, ids: new Set<string>() };
}

const tenant = await startTenant({
  directory: values.directory,
  latencyMs: Number(values['page-ms']),
  source: generatedSource({
    length: events,
    from: Date.now() - 8 * HOUR_MS,
    everyMs: (6 * HOUR_MS) / Math.max(1, events),
    entry: (index, date) => ({
      date,
      type: 'sapi',
      description: 'Update a User',
      client_id: 'dashboard',
      user_id: `auth0|${index % USERS}`,
      details: {
        request: {
          method: 'patch',
          path: `/api/v2/users/auth0%7C${index % USERS}`,
          body: { nickname: `change ${index}`, user_metadata: { about: 'x'.repeat(300) } },
        },
        response: { statusCode: 200, body: { about: 'y'.repeat(300) } },
      },
    }),
  }),
});
tenant.onRequest = ({ kind }) => {
  if (kind === 'logs' && seen.firstPageAt === 0) seen.firstPageAt = Date.now();
  return undefined;
};

let atOnce = 0;
const webhook = createServer((request, response) => {
  seen.most = Math.max(seen.most, ++atOnce);
  request.resume();
  setTimeout(() => {
    atOnce--;
    seen.calls++;
    seen.ids.add(String(request.headers['webhook-id']));
    seen.lastCallAt = Date.now();
    response.writeHead(204).end();
  }, webhookMs);
});
webhook.keepAliveTimeout = 60_000;

const { domain, caFile, clientId, clientSecret } = tenant;
const webhookUrl = `${await listenOnLoopback(webhook)}/hook`;

process.on('message', (message) => {
  if (message === 'reset') seen = fresh();
  const { ids, ...counts } = seen;
  process.send?.({ ...counts, distinct: ids.size });
});
process.on('disconnect', () => process.exit());
process.send?.({ domain, caFile, clientId, clientSecret, webhookUrl });
