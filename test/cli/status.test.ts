import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../cli/status/problems.ts';
import { readEndpoint } from '../../cli/status/read-endpoint.ts';
import type { Facts } from '../../cli/status/status.ts';
import { endpointId } from '../../lambdas/deliverer/endpoint/id.ts';
import { wellItem } from '../../lambdas/deliverer/endpoint/item.ts';

const NOW = Date.UTC(2026, 10, 25, 12);
const MINUTE = 60_000;
const URL_TEXT = 'https://example.com/hook';
const SETTINGS = JSON.stringify({
  WEBHOOK_URL: URL_TEXT,
  WEBHOOK_SIGNING_SECRET: Buffer.alloc(32, 1).toString('base64'),
});
const well = wellItem(endpointId(new URL(URL_TEXT)));
const paused = {
  ...well,
  failures: 12,
  resources: ['a', 'b', 'c'],
  since: NOW - 5 * MINUTE,
  reason: 'status',
  probes: 9,
};

describe('the endpoint in status', () => {
  const read = (stored: unknown, secret = SETTINGS) =>
    readEndpoint({ readSecret: async () => secret, storedEndpoint: async () => stored }, NOW);

  it('is not spoken of while all is well', async () => {
    expect(await read(well)).toBeUndefined();
    expect(await read(undefined)).toBeUndefined();
  });

  it('is paused since its first failure', async () => {
    expect(await read(paused)).toEqual({
      since: NOW - 5 * MINUTE,
      reason: 'status',
      probes: 9,
      until: undefined,
    });
  });

  it('is held until the time that it asked for', async () => {
    const held = await read({ ...well, until: NOW + MINUTE });

    expect(held).toMatchObject({ since: undefined, until: NOW + MINUTE });
  });

  it('is another one when WEBHOOK_URL names another', async () => {
    const other = SETTINGS.replace('example.com', 'example.org');

    expect(await read(paused, other)).toBeUndefined();
  });

  it('says nothing while the settings name none', async () => {
    expect(await read(paused, '{}')).toBeUndefined();
  });
});

describe('problems', () => {
  const facts: Facts = {
    place: 'here',
    standing: {
      cursor: '1',
      checkpoint: '1',
      pending: 0,
      isExact: true,
      oldestAt: undefined,
      queued: { visible: 0, hidden: 0, delayed: 0 },
      deadLettered: 0,
      pauses: {},
    },
    failing: 0,
    lagSeconds: 0,
    cursorAt: NOW,
    deadLetters: [],
    lastPoll: { from: 'poller', at: NOW - MINUTE, line: { event: 'poll.completed' } },
    lastGoodPoll: undefined,
    lastDelivery: undefined,
    lastFailure: undefined,
    endpoint: undefined,
    alarms: [],
  };

  it('are none while it flows', () => {
    expect(problemsOf(facts, NOW)).toEqual([]);
  });

  it('name a paused endpoint instead of its last failure', () => {
    const lastFailure = { from: 'deliverer', at: NOW, line: { outcome: 'retry', status: 503 } } as const;
    const endpoint = { since: NOW - 5 * MINUTE, reason: 'status', probes: 9, until: undefined };

    const problems = problemsOf({ ...facts, lastFailure, endpoint }, NOW);

    expect(problems.map(({ what }) => what)).toEqual([
      'the endpoint is paused since 5m (status), 9 probes so far',
    ]);
  });

  it('name a poll that is overdue, and a pause before all else', () => {
    const pauses = { deliveries: { reason: 'moving', at: NOW - MINUTE } };
    const lastPoll = { from: 'poller', at: NOW - 10 * MINUTE, line: { event: 'poll.completed' } } as const;

    const problems = problemsOf({ ...facts, lastPoll, standing: { ...facts.standing, pauses } }, NOW);

    expect(problems.map(({ what }) => what)).toEqual([
      'deliveries are paused since 1m: moving',
      'the last poll ended 10m ago',
    ]);
  });

  it('name each alarm that fires with its article', () => {
    const alarms = [{ name: 'lagging', since: NOW - 60 * MINUTE, description: '' }];

    const [problem] = problemsOf({ ...facts, alarms }, NOW);

    expect(problem).toEqual({
      what: 'alarm lagging fires since 1h',
      todo: 'docs/operations.md, article lagging',
      stopsAll: false,
      since: NOW - 60 * MINUTE,
    });
  });
});
