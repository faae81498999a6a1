import { describe, expect, it } from 'vitest';
import type { DeliveryAttempted } from '../../../local/output/log-line.ts';
import { bookQuery, grouped, listed } from '../../../local/page/book-query.ts';
import type { Delivery } from '../../../local/page/delivery.ts';
import { createDeliveryBook } from '../../../local/page/delivery-book.ts';

const BODY = JSON.stringify({
  type: 'sapi',
  description: 'Update a User',
  request: { method: 'patch', path: '/api/v2/users/auth0%7C1' },
});

function book() {
  const changed: Delivery[] = [];
  let now = 1_000;
  const made = createDeliveryBook(
    (delivery) => changed.push(delivery),
    () => now,
  );
  return { ...made, changed, at: (time: number) => (now = time) };
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

    expect(deliveries.changed.map(({ state }) => state)).toEqual(['waiting', 'retry', 'delivered']);
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

  it('forgets the oldest beyond ten thousand, and lists the newest first', () => {
    const deliveries = book();
    for (let number = 0; number < 10_050; number += 1)
      deliveries.handedOut({ logId: String(number), resource: 'users/a', body: 'no JSON' });

    expect(deliveries.get('49')).toBeUndefined();
    expect(deliveries.get('50')).toBeDefined();
    const { rows, total } = listed([...deliveries.all()], bookQuery.parse({}));

    expect(total).toBe(10_000);
    expect(rows.slice(0, 2).map(({ logId }) => logId)).toEqual(['10049', '10048']);
    expect(rows).toHaveLength(100);
  });

  it('lists by outcome, type, resource and text, a hundred at a time', () => {
    const deliveries = book();
    for (let number = 0; number < 250; number += 1)
      deliveries.handedOut({ logId: String(number), resource: `users/auth0|${number % 2}`, body: BODY });
    deliveries.handedOut({ logId: '900', resource: 'users/auth0|1', body: '{"type":"ss"}' });
    deliveries.attempted(attempt('retry', 1));
    const count = (query: object) => listed([...deliveries.all()], bookQuery.parse(query)).total;

    const oldest = listed([...deliveries.all()], bookQuery.parse({ page: '2' })).rows.at(-1);

    expect(count({ outcome: 'retry' })).toBe(1);
    expect(count({ type: 'sapi' })).toBe(250);
    expect(count({ resource: 'users/auth0|0' })).toBe(125);
    expect(count({ text: 'UPDATE a' })).toBe(250);
    expect(oldest?.logId).toBe('0');
  });

  it('groups by resource, the one with the newest event first', () => {
    const deliveries = book();
    for (const [logId, resource] of [
      ['1', 'users/a'],
      ['900', 'users/b'],
      ['3', 'users/a'],
    ] as const)
      deliveries.handedOut({ logId, resource, body: BODY });
    deliveries.attempted(attempt('retry', 1));

    const groups = grouped(deliveries.all(), bookQuery.parse({}));

    expect(groups.map(({ resource, events, failing }) => [resource, events, failing])).toEqual([
      ['users/a', 2, 0],
      ['users/b', 1, 1],
    ]);
  });

  it('tells what was given up and why, and takes it back when it is sent again', () => {
    const deliveries = book();
    deliveries.foundDead({ logId: '900', resource: 'users/auth0|1', body: BODY });
    deliveries.dismissed('900', 'a test user');
    const dismissed = deliveries.get('900');
    deliveries.sentAgain('900');

    expect(dismissed).toMatchObject({ state: 'dismissed', dismissedFor: 'a test user' });
    expect(deliveries.get('900')).toMatchObject({ state: 'waiting', dismissedFor: undefined });
  });
});
