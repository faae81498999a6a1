import { describe, expect, it } from 'vitest';
import { type AnsweredCall, createCalls } from '../../../../local/stand-ins/receiver/calls.ts';

function answered(webhookId: string, bytes = 10): AnsweredCall {
  const attempt = { time: 0, attemptTime: 0, path: '/', headers: {}, body: {} };
  return { ...attempt, webhookId, bytes, problem: undefined, status: 204 };
}

describe('the calls of a receiver', () => {
  it('keeps the last 1,000 calls and counts all', () => {
    const log = createCalls();

    for (let n = 0; n < 1_005; n += 1) log.add(answered(String(n)));

    expect(log.calls()).toHaveLength(1_000);
    expect(log.calls()[0]?.webhookId).toBe('5');
    expect(log.counts()).toMatchObject({ received: 1_005, distinct: 1_005, accepted: 1_005 });
  });

  it('forgets the oldest when the bodies are large', () => {
    const log = createCalls();

    for (let n = 0; n < 100; n += 1) log.add(answered(String(n), 2 ** 20));

    expect(log.calls()).toHaveLength(64);
    expect(log.calls().at(-1)?.webhookId).toBe('99');
  });
});
