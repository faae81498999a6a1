import { describe, expect, it } from 'vitest';
import type { AnsweredCall } from '../../../../local/stand-ins/receiver/calls.ts';
import { startReceiver } from '../../../../local/stand-ins/receiver/receiver.ts';
import { EVENT, OTHER, post, receiverForTest, SECRET } from './receiver-client.ts';

describe('receiver', () => {
  it('answers a signed call with 204 and records it', async () => {
    const answered: AnsweredCall[] = [];
    const receiver = await receiverForTest({ now: () => 1_000, onCall: (call) => answered.push(call) });

    const response = await post(receiver);

    expect(response.status).toBe(204);
    expect(receiver.calls()).toMatchObject([
      { time: 1_000, webhookId: 'id-1', problem: undefined, path: '/webhook', status: 204, body: EVENT },
    ]);
    expect(receiver.calls()[0]?.attemptTime).toBeGreaterThan(1_700_000_000);
    expect(answered).toEqual(receiver.calls());
  });

  it('accepts any of its secrets, with or without whsec_', async () => {
    const receiver = await receiverForTest({ secrets: [SECRET, `whsec_${OTHER}`] });

    expect((await post(receiver, { secret: OTHER })).status).toBe(204);
    expect((await post(receiver, { secret: `whsec_${SECRET}` })).status).toBe(204);
  });

  it('refuses a wrong signature, and one that is missing, with 401', async () => {
    const receiver = await receiverForTest();

    const wrong = await post(receiver, { secret: OTHER });
    const missing = await fetch(receiver.url, { method: 'POST', body: '{}' });

    expect([wrong.status, missing.status]).toEqual([401, 401]);
    expect(receiver.calls().map(({ problem }) => problem)).toEqual([
      'No matching signature found',
      'Missing required headers',
    ]);
    expect(receiver.counts()).toMatchObject({ received: 2, invalidSignatures: 2, distinct: 0, accepted: 0 });
  });

  it('will not start with what is no secret', async () => {
    await expect(startReceiver({ secrets: ['not base64!'] })).rejects.toThrow();
  });

  it('counts as duplicate what it had accepted, not what it had refused', async () => {
    const receiver = await receiverForTest();
    receiver.respond = ({ webhookId }) =>
      webhookId === 'b' && receiver.calls().length < 2 ? { status: 500 } : undefined;

    for (const id of ['a', 'b', 'b', 'a', 'c']) await post(receiver, { id });

    expect(receiver.calls().map(({ status }) => status)).toEqual([204, 500, 204, 204, 204]);
    expect(receiver.counts()).toEqual({
      received: 5,
      distinct: 3,
      duplicates: 1,
      accepted: 4,
      invalidSignatures: 0,
      mostAtOnce: 1,
    });
  });

  it('counts the most calls that were open at the same time', async () => {
    const receiver = await receiverForTest();
    receiver.respond = () => ({ status: 204, delayMs: 50 });

    await Promise.all(['a', 'b', 'c'].map((id) => post(receiver, { id })));
    await post(receiver, { id: 'd' });

    expect(receiver.counts().mostAtOnce).toBe(3);
  });

  it('answers as it is told', async () => {
    const receiver = await receiverForTest();
    receiver.respond = () => ({ status: 429, headers: { 'retry-after': '7' }, body: 'slow down' });

    const response = await post(receiver);

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.text()).toBe('slow down');
  });

  it('breaks the connection when it is told to', async () => {
    const receiver = await receiverForTest();
    receiver.respond = () => 'reset';

    await expect(post(receiver)).rejects.toThrow('fetch failed');
    expect(receiver.calls()).toMatchObject([{ status: 'reset' }]);
  });

  it('hangs when it is told to, until it is stopped', async () => {
    const arrival = Promise.withResolvers<void>();
    const receiver = await receiverForTest({ onCall: () => arrival.resolve() });
    receiver.respond = () => 'hang';

    const hanging = expect(post(receiver)).rejects.toThrow('fetch failed');
    await arrival.promise;
    await receiver.stop();

    await hanging;

    expect(receiver.counts()).toMatchObject({ received: 1, accepted: 0 });
  });

  it('takes a body of a megabyte and refuses one above two', async () => {
    const receiver = await receiverForTest();

    const large = await post(receiver, { id: 'large', body: JSON.stringify('x'.repeat(2 ** 20)) });
    const larger = await post(receiver, { id: 'larger', body: JSON.stringify('x'.repeat(2 ** 21)) });

    expect([large.status, larger.status]).toEqual([204, 413]);
    expect(receiver.counts()).toMatchObject({ received: 2, accepted: 1 });
  });
});
