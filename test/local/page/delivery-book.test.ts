import { describe, expect, it } from 'vitest';
import type { DeliveryAttempted } from '../../../local/output/log-line.ts';
import { createDeliveryBook, type Delivery } from '../../../local/page/delivery-book.ts';

const BODY = JSON.stringify({
  type: 'sapi',
  description: 'Update a User',
  request: { method: 'patch', path: '/api/v2/users/auth0%7C1' },
});

function book() {
  const told: Delivery[] = [];
  let now = 1_000;
  const made = createDeliveryBook(
    (delivery) => told.push(delivery),
    () => now,
  );
  return { ...made, told, at: (time: number) => (now = time) };
}

function attempt(outcome: DeliveryAttempted['outcome'], number: number): DeliveryAttempted {
  const line = { event: 'delivery.attempted', logId: '900', resource: 'users/auth0|1', outcome } as const;
  return {
    ...line,
    attempt: number,
    status: outcome === 'delivered' ? 204 : 500,
    durationMs: 7,
    ...(outcome === 'retry' ? { retryDelaySeconds: 5 } : {}),
  };
}

describe('createDeliveryBook', () => {
  it('follows an event from the queue over its attempts', () => {
    const deliveries = book();
    deliveries.handedOut({ logId: '900', resource: 'users/auth0|1', body: BODY });
    deliveries.attempted(attempt('retry', 1));
    const failing = deliveries.get('900');
    deliveries.at(6_000);
    deliveries.attempted(attempt('delivered', 2));

    expect(deliveries.told.map(({ state }) => state)).toEqual(['waiting', 'retry', 'delivered']);
    expect(failing).toMatchObject({ nextAt: 6_000, method: 'patch', description: 'Update a User' });
    expect(deliveries.get('900')?.attempts.map(({ at, status }) => [at, status])).toEqual([
      [1_000, 500],
      [6_000, 204],
    ]);
    expect(deliveries.get('900')?.nextAt).toBeUndefined();
  });

  it('is told again of a message that comes back, and keeps its attempts', () => {
    const deliveries = book();
    deliveries.handedOut({ logId: '900', resource: 'users/auth0|1', body: BODY });
    deliveries.attempted(attempt('retry', 1));

    deliveries.handedOut({ logId: '900', resource: 'users/auth0|1', body: BODY });

    expect(deliveries.get('900')?.attempts).toHaveLength(1);
  });

  it('forgets the oldest beyond ten thousand, and gives the newest first', () => {
    const deliveries = book();
    for (let number = 0; number < 10_050; number += 1)
      deliveries.handedOut({ logId: String(number), resource: 'users/a', body: 'no JSON' });

    expect(deliveries.get('49')).toBeUndefined();
    expect(deliveries.get('50')).toBeDefined();
    expect(deliveries.latest(2).map(({ logId }) => logId)).toEqual(['10049', '10048']);
  });
});
