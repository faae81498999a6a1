import { Webhook } from 'standardwebhooks';
import { onTestFinished } from 'vitest';
import {
  type Receiver,
  type ReceiverOptions,
  startReceiver,
} from '../../../../local/stand-ins/receiver/receiver.ts';

export const SECRET = Buffer.from('a secret of thirty-two bytes, ok').toString('base64');
export const OTHER = Buffer.from('another of thirty-two bytes, too').toString('base64');

export const EVENT = {
  log_id: '1',
  type: 'sapi',
  request: { method: 'patch', path: '/api/v2/users/auth0|1' },
};

export async function receiverForTest(options: Partial<ReceiverOptions> = {}): Promise<Receiver> {
  const receiver = await startReceiver({ secrets: [SECRET], ...options });
  onTestFinished(() => receiver.stop());
  return receiver;
}

/** Makes a signed webhook call, as the delivery function does. */
export function post(
  { url }: Receiver,
  {
    id = 'id-1',
    secret = SECRET,
    body = JSON.stringify(EVENT),
  }: { id?: string; secret?: string; body?: string } = {},
): Promise<Response> {
  const now = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  };
  return fetch(url, { method: 'POST', headers, body });
}
