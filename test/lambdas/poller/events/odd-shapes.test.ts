import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFilter } from '../../../../lambdas/poller/events/event-filter.ts';
import { toMessages } from '../../../../lambdas/poller/events/event-message.ts';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import { logEvent, T0 } from '../../../support/log-event.ts';
import { pollWorld } from '../../../support/poll-world.ts';
import { bodySettings, filterSettings } from '../../../support/settings.ts';

const FIELDS = ['date', 'type', 'description', 'client_id', 'user_id', 'details', 'log_id', '_id', 'ip'];
const DEEP_FIELDS = [
  'request',
  'response',
  'request.method',
  'request.path',
  'request.body',
  'request.auth',
  'response.body',
];

const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom({ toString: 1 }, { __proto__: 1 }, '\ud800', '', 0, -1, 1e308),
);

/** Puts `value` in place of one field, however deep that is. */
function replaced(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const object = typeof target === 'object' && target !== null ? target : {};
  return { ...object, [key]: replaced(Reflect.get(object, key), rest, value) };
}

const paths = [...FIELDS.map((name) => [name]), ...DEEP_FIELDS.map((name) => `details.${name}`.split('.'))];
const oddEvent = fc
  .tuple(fc.constantFrom(...paths), anyJson)
  .map(([path, value]) => replaced(logEvent({ time: T0 + 1_000, sequence: 1 }), path, value));

const filter = filterSettings({ endpoints: [['users']], methods: ['patch'], excludedClients: ['x'] });
const body = bodySettings({ redact: [['request', 'body', 'email'], ['date', 'x'], ['description']] });

it.each(['compact', 'full'] as const)(
  'a log event with any JSON in any field becomes a %s message',
  (payload) => {
    fc.assert(
      fc.property(fc.oneof(oddEvent, fc.jsonValue()), (event) => {
        expect(['matched', 'type', 'endpoint', 'method', 'client']).toContain(createFilter(filter)(event));
        const place = { ledger: 'l', batch: 'b' };
        const [message] = toMessages([[0, event]], place, { ...body, payload }).messages;
        if (!message) throw new Error('no message');
        expect(JSON.parse(message.body).log_id).toBe(message.logId);
        expect(message.logId).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
        expect(message.resource).toMatch(/^[\x21-\x7e]{1,128}$/);
        if (message.date !== undefined) expect(Date.parse(message.date)).not.toBeNaN();
      }),
      { numRuns: 300 },
    );
  },
);

it('a poll delivers an odd entry that matches, with its neighbours, and goes on behind it', async () => {
  await fc.assert(
    fc.asyncProperty(oddEvent, async (odd) => {
      const before = logEvent({ time: T0 });
      const after = logEvent({ time: T0 + 2_000, sequence: 2 });
      const world = pollWorld([before, odd, after]);
      const matches = createFilter(world.settings.filter)(odd) === 'matched';
      const report = await world.poll();
      await world.deliver();
      expect(world.delivered).toEqual([before, ...(matches ? [odd] : []), after].map(idOf));
      expect(report.cursor).toBe(idOf(after));
      expect(await world.poll()).toMatchObject({ pending: 0 });
    }),
    { numRuns: 200 },
  );
});
