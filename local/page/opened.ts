import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { signedHeaders } from '../../lambdas/deliverer/signature.ts';
import {
  parseWebhookSettings,
  type WebhookSettings,
} from '../../lambdas/shared/settings/webhook-settings.ts';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { VERSION } from '../../lambdas/shared/version.ts';
import type { AnsweredCall } from '../stand-ins/receiver/calls.ts';
import { single } from '../stand-ins/receiver/verify.ts';
import { type Delivery, rowOf } from './delivery.ts';
import type { Opened, SentHeader, SignatureCheck } from './shapes.ts';

/**
 * Headers whose values are secrets. Headers that people add are treated alike, as their values are
 * for the webhook alone.
 */
const SECRET_HEADER = /^(authorization|cookie|proxy-authorization|x-api-key)$/;

/**
 * One delivery with everything that the page shows of it.
 * @param call the call as our own webhook got it last; undefined with another webhook, or when it
 *   never came
 * @param settingsText text of the webhook's secret, as it is now
 */
export function openedOf(delivery: Delivery, call: AnsweredCall | undefined, settingsText: string): Opened {
  const parsed = parseWebhookSettings(settingsText);
  const settings = 'faults' in parsed ? undefined : parsed.settings;
  const headers = call ? received(call, settings) : settings ? made(delivery, settings) : [];
  return {
    row: rowOf(delivery),
    attempts: delivery.attempts,
    body: jsonOrUndefined(delivery.body),
    headers,
    asReceived: call !== undefined,
    signature: check(delivery, call, settings),
  };
}

function received({ headers }: AnsweredCall, settings: WebhookSettings | undefined): readonly SentHeader[] {
  return Object.entries(headers).map(([name, value]) => ({
    name,
    value: isSecret(name, settings) ? undefined : [value ?? ''].flat().join(', '),
  }));
}

/**
 * The headers as the delivery function makes them. The signature has the time of the last attempt.
 */
function made(delivery: Delivery, settings: WebhookSettings): readonly SentHeader[] {
  const last = delivery.attempts.at(-1);
  const startedAt = (last?.at ?? delivery.seenAt) - (last?.durationMs ?? 0);
  const own = Object.keys(settings.headers).map((name) => ({ name, value: undefined }));
  const ours = {
    'content-type': 'application/json',
    'user-agent': `auth0-management-webhooks/${VERSION}`,
    ...signedHeaders(settings.signingSecrets, delivery.logId, startedAt, delivery.body),
  };
  return [...own, ...Object.entries(ours).map(([name, value]) => ({ name, value }))];
}

function isSecret(name: string, settings: WebhookSettings | undefined): boolean {
  return SECRET_HEADER.test(name) || Object.hasOwn(settings?.headers ?? {}, name);
}

function check(
  { body, logId }: Delivery,
  call: AnsweredCall | undefined,
  settings: WebhookSettings | undefined,
): SignatureCheck {
  if (!settings) return { verdict: 'unknown', why: 'the webhook settings are wrong: see the terminal' };
  if (!call)
    return {
      verdict: 'unknown',
      why: 'only the webhook knows what it got; with today’s secret the signature would be as below',
    };
  const at = Number(single(call.headers['webhook-timestamp']));
  const given = single(call.headers['webhook-signature']).split(' ');
  const good = settings.signingSecrets.some((secret) => {
    const expected = new Webhook(secret).sign(logId, new Date(at * 1000), body);
    return given.some((each) => isSame(each, expected));
  });
  return good
    ? { verdict: 'valid', why: 'checked with today’s secret, over id, timestamp and body' }
    : { verdict: 'invalid', why: 'today’s secret makes another one: was it changed since?' };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
