/**
 * Runs the plain loop against a tenant and a webhook. Its process trusts the tenant's certificate.
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { signedHeaders } from '../../lambdas/deliverer/signature.ts';
import { plainLoop } from './plain-loop.ts';

const { values } = parseArgs({
  options: {
    domain: { type: 'string', default: '' },
    id: { type: 'string', default: '' },
    secret: { type: 'string', default: '' },
    webhook: { type: 'string', default: '' },
    calls: { type: 'string', default: '5' },
  },
});
const SECRET = Buffer.alloc(48, 1).toString('base64');
const token = z.object({ access_token: z.string() });
const page = z.array(z.looseObject({ log_id: z.string() }));

const origin = `https://${values.domain}`;
const answer = await fetch(`${origin}/oauth/token`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    grant_type: 'client_credentials',
    client_id: values.id,
    client_secret: values.secret,
    audience: `${origin}/api/v2/`,
  }),
});
const headers = { authorization: `Bearer ${token.parse(await answer.json()).access_token}` };

const timed = await plainLoop(
  async (from) => {
    const response = await fetch(`${origin}/api/v2/logs?from=${from || '0'.repeat(56)}&take=100`, {
      headers,
    });
    return page.parse(await response.json());
  },
  async (entry) => {
    const body = JSON.stringify(entry);
    const signed = signedHeaders([SECRET], entry.log_id, Date.now(), body);
    const response = await fetch(values.webhook, { method: 'POST', headers: signed, body });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
  },
  Number(values.calls),
);
process.stdout.write(JSON.stringify(timed));
process.exit();
