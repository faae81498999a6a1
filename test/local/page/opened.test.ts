import { describe, expect, it, onTestFinished } from 'vitest';
import { signedHeaders } from '../../../lambdas/deliverer/signature.ts';
import { newDelivery } from '../../../local/page/delivery.ts';
import { openedOf } from '../../../local/page/opened.ts';
import { startReceiver } from '../../../local/stand-ins/receiver/receiver.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';

const OTHER_SECRET = Buffer.alloc(24, 7).toString('base64');
const BODY = JSON.stringify({ log_id: '900', type: 'sapi' });
const delivery = newDelivery({ logId: '900', resource: 'users/a', body: BODY }, 'delivered', 1_000);

function settings(changes: Record<string, string> = {}): string {
  const plain = { WEBHOOK_URL: 'https://hook.example/in', WEBHOOK_SIGNING_SECRET: SIGNING_SECRET };
  return JSON.stringify({ ...plain, ...changes });
}

/** Makes a call as our own webhook gets it. */
async function callOf(headers: Record<string, string> = {}) {
  const receiver = await startReceiver({ secrets: [SIGNING_SECRET] });
  onTestFinished(receiver.stop);
  const signed = signedHeaders([SIGNING_SECRET], '900', Date.now() - 3_600_000, BODY);
  await fetch(receiver.url, { method: 'POST', headers: { ...signed, ...headers }, body: BODY });
  return receiver.calls()[0];
}

describe('openedOf', () => {
  it('finds the signature valid with the secret of today, however long ago it was', async () => {
    const opened = openedOf(delivery, await callOf(), settings());

    expect(opened.signature.verdict).toBe('valid');
    expect(opened.asReceived).toBe(true);
    expect(opened.headers.find(({ name }) => name === 'webhook-id')?.value).toBe('900');
  });

  it('finds it invalid once the secret is another, and valid while both are there', async () => {
    const call = await callOf();

    const changed = openedOf(delivery, call, settings({ WEBHOOK_SIGNING_SECRET: OTHER_SECRET }));
    const both = `${OTHER_SECRET} ${SIGNING_SECRET}`;
    const rotating = openedOf(delivery, call, settings({ WEBHOOK_SIGNING_SECRET: both }));

    expect(changed.signature.verdict).toBe('invalid');
    expect(rotating.signature.verdict).toBe('valid');
  });

  it('keeps what people put into headers to itself', async () => {
    const own = { WEBHOOK_HEADERS: '{"x-team":"hush"}', WEBHOOK_AUTHORIZATION: 'Bearer hush' };
    const call = await callOf({ 'x-team': 'hush', authorization: 'Bearer hush' });

    const received = openedOf(delivery, call, settings(own));
    const made = openedOf(delivery, undefined, settings(own));

    for (const { headers } of [received, made]) {
      expect(JSON.stringify(headers)).not.toContain('hush');
      expect(headers.map(({ name }) => name)).toEqual(expect.arrayContaining(['x-team', 'authorization']));
    }
  });

  it('makes the headers of a webhook elsewhere, and says that it has not seen them', () => {
    const opened = openedOf(delivery, undefined, settings());

    expect(opened.asReceived).toBe(false);
    expect(opened.signature.verdict).toBe('unknown');
    expect(opened.headers.map(({ name }) => name)).toContain('webhook-signature');
  });
});
