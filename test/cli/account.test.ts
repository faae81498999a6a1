import { describe, expect, it } from 'vitest';
import type { LineQuery, LoggedLine } from '../../cli/connect/connection.ts';
import { matchesQuery } from '../../cli/connect/logged-line.ts';
import { account } from '../../cli/reading/account.ts';
import { createJudge } from '../../cli/reading/judge.ts';
import { idOf } from '../../lambdas/shared/log-event.ts';
import { timeOf } from '../../lambdas/shared/log-position.ts';
import { idAt, LEDGER, operationsWorld } from '../support/operations-world.ts';
import { collectGarbage } from './support/collect-garbage.ts';

const FILTER = {
  filterTypes: ['sapi', 'fapi'],
  filterEndpoints: [],
  filterMethods: [],
  filterExcludes: [],
};

/** Makes a change of a user at a second of the log. */
function change(second: number) {
  return { log_id: idAt(second), type: 'sapi', user_id: `auth0|${second}` };
}

function placed(second: number) {
  return { event: change(second), position: idAt(second) };
}

function attempt(second: number, line: object, secondsLater = 1): LoggedLine {
  const fields = {
    event: 'delivery.attempted',
    logId: idAt(second),
    batch: 'batch#gone',
    ordinal: 0,
    ...line,
  };
  return { from: 'deliverer', at: atSecond(second + secondsLater), line: fields };
}

/** Makes the line of a poll that read from one second to another. */
function poll(from: number, to: number, line: object = FILTER): LoggedLine {
  const fields = { event: 'poll.completed', from: idAt(from), cursor: idAt(to), ...line };
  return { from: 'poller', at: atSecond(to + 1), line: fields };
}

function atSecond(second: number): number {
  return timeOf(idAt(second)) ?? 0;
}

interface Case {
  readonly world: Awaited<ReturnType<typeof operationsWorld>>;
  readonly seconds: readonly number[];
  readonly lines: readonly LoggedLine[];
  readonly settingsChangedAt?: number;
}

/** What became of the events, by their second. */
async function fates({ world, seconds, lines, settingsChangedAt }: Case) {
  const witness = {
    operations: world,
    linesLateMs: 0,
    settingsChangedAt: async () => settingsChangedAt,
    async *lines(query: LineQuery) {
      yield* lines.filter((line) => matchesQuery(line, query));
    },
  };
  const log = {
    positionAt: async (time: number) => idAt(Math.round((time - atSecond(0)) / 1_000)),
    async *matching() {
      yield seconds.map(placed);
    },
  };
  const found = new Map<number, string>();
  const period = { since: atSecond(0), until: atSecond(1_000), now: () => atSecond(5_000) };
  for await (const { logId, fate } of account(witness, log, period))
    found.set(seconds.find((second) => idAt(second) === logId) ?? -1, fate);
  return Object.fromEntries(found);
}

describe('accounting for events', () => {
  it('tells each fate', async () => {
    const world = await operationsWorld();
    const batch = await world.open(idAt(10), idAt(20), 4);
    await world.bury(batch, 2, { logId: idAt(13), resource: 'users/b' });
    await world.ledger.record(batch, {
      delivered: new Set([3]),
      failed: new Map(),
      deadLettered: new Set(),
    });
    const dead = { outcome: 'dead-lettered', batch };

    const found = await fates({
      world,
      seconds: [1, 11, 12, 13, 14, 30],
      lines: [
        poll(0, 20),
        attempt(1, { outcome: 'delivered' }),
        attempt(12, { outcome: 'retry', batch, ordinal: 1 }),
        attempt(13, { ...dead, ordinal: 2 }),
        attempt(14, { ...dead, ordinal: 3 }),
      ],
    });

    expect(found).toEqual({
      1: 'delivered',
      11: 'waiting',
      12: 'waiting',
      13: 'dead',
      14: 'dismissed',
      30: 'waiting', // not read yet
    });
  });

  it('finds the batch of an event without an id by the entry before it', async () => {
    const world = await operationsWorld();
    await world.open(idAt(10), idAt(20), 1);
    const nameless = { type: 'sapi', user_id: 'auth0|nameless' };
    const lost = { type: 'sapi', user_id: 'auth0|lost' };
    const witness = {
      operations: world,
      linesLateMs: 0,
      settingsChangedAt: async () => undefined,
      async *lines(query: LineQuery) {
        yield* [poll(0, 10), poll(10, 20), poll(20, 30)].filter((line) => matchesQuery(line, query));
      },
    };
    const log = {
      positionAt: async () => '',
      async *matching() {
        yield [{ event: lost, position: idAt(5) }, placed(6), { event: nameless, position: idAt(10) }];
      },
    };

    const period = { since: atSecond(0), until: atSecond(30), now: () => atSecond(5_000) };
    const found = new Map<string, string>();
    for await (const { logId, fate } of account(witness, log, period)) found.set(logId, fate);

    expect(found.get(idAt(6))).toBe('missing');
    expect(found.get(idOf(lost))).toBe('missing');
    expect(found.get(idOf(nameless))).toBe('waiting');
  });

  it('waits for an event without an id right behind the cursor, as no poll may have read it yet', async () => {
    const world = await operationsWorld();
    await world.ledger.createState(LEDGER, idAt(20), 1);
    const judge = await createJudge({ operations: world });
    const event = { resource: '', isExcluded: false, last: undefined };

    const fatesOf = [
      await judge('nameless', { ...event, position: idAt(19) }),
      await judge(idAt(20), { ...event, position: idAt(20) }),
      await judge('nameless', { ...event, position: idAt(20) }),
    ];

    expect(fatesOf).toEqual(['missing', 'missing', 'waiting']);
  });

  it('knows what was dismissed though nothing was ever attempted', async () => {
    const world = await operationsWorld();
    await world.ledger.createState(LEDGER, idAt(100), 1);
    const { line } = attempt(5, { event: 'event.dismissed', reason: 'paused', reasonText: 'trial' });

    const found = await fates({
      world,
      seconds: [5, 6],
      lines: [poll(0, 100), { from: 'deliverer', at: atSecond(200), line }],
    });

    expect(found).toEqual({ 5: 'dismissed', 6: 'missing' });
  });

  it('calls missing what the poll that read it should have sent, whenever the secret was changed', async () => {
    const world = await operationsWorld();
    await world.ledger.createState(LEDGER, idAt(100), 1);
    const narrow = { ...FILTER, filterTypes: ['fapi'] };

    const found = await fates({
      world,
      seconds: [5, 55],
      lines: [poll(0, 50, narrow), poll(50, 100)],
      settingsChangedAt: atSecond(4_000),
    });

    expect(found).toEqual({ 5: 'excluded', 55: 'missing' });
  });

  it('goes by the last change of the secret where no poll has told its filter', async () => {
    const world = await operationsWorld();
    await world.ledger.createState(LEDGER, idAt(100), 1);

    const found = await fates({
      world,
      seconds: [5, 55],
      lines: [],
      settingsChangedAt: atSecond(30),
    });

    expect(found).toEqual({ 5: 'excluded', 55: 'missing' });
  });

  it('does not ask for what was before reading began', async () => {
    const world = await operationsWorld();
    await world.ledger.createState(LEDGER, idAt(100), 1);
    const began = { event: 'reading.began', from: idAt(40), tenant: 'example.eu.auth0.com' };

    const found = await fates({
      world,
      seconds: [5, 55],
      lines: [{ from: 'poller', at: atSecond(41), line: began }, poll(40, 100)],
    });

    expect(found).toEqual({ 5: 'excluded', 55: 'missing' });
  });

  it('takes a resend for a delivery only when it was accepted, and no failing untracked event for delivered', async () => {
    const world = await operationsWorld();
    await world.ledger.createState(LEDGER, idAt(100), 1);
    const replay = { replay: true, batch: 'replay-1' };

    const found = await fates({
      world,
      seconds: [1, 2, 3],
      lines: [
        poll(0, 100),
        attempt(1, { ...replay, outcome: 'delivered' }),
        attempt(2, { ...replay, outcome: 'retry' }),
        attempt(3, { outcome: 'retry', tracked: false }),
      ],
    });

    expect(found).toEqual({ 1: 'delivered', 2: 'missing', 3: 'waiting' });
  });

  it('keeps what was delivered as delivered, whatever was tried later', async () => {
    const world = await operationsWorld();
    await world.ledger.createState(LEDGER, idAt(100), 1);

    const found = await fates({
      world,
      seconds: [1],
      lines: [
        poll(0, 100),
        attempt(1, { outcome: 'retry' }),
        attempt(1, { outcome: 'delivered' }, 2),
        attempt(1, { outcome: 'dead-lettered' }, 3),
      ],
    });

    expect(found).toEqual({ 1: 'delivered' });
  });

  it('accounts for two hundred thousand events in memory that does not grow, and says how far it is', async () => {
    const world = await operationsWorld();
    const total = 200_000;
    const heap: number[] = [];
    let told = 0;
    const witness = {
      operations: world,
      linesLateMs: 0,
      settingsChangedAt: async () => undefined,
      async *lines({ from }: LineQuery) {
        for (let second = 0; second < total && from.includes('deliverer'); second++)
          yield attempt(second, { outcome: 'delivered' }, 60);
      },
    };
    const log = {
      positionAt: async () => '',
      async *matching() {
        for (let page = 0; page < total / 100; page++) {
          yield Array.from({ length: 100 }, (_, index) => placed(page * 100 + index));
          if (page % 400 === 399) heap.push(collectGarbage());
        }
      },
    };

    let delivered = 0;
    const period = { since: atSecond(0), until: atSecond(total), now: () => atSecond(total + 100) };
    for await (const { fate } of account(witness, log, period, () => told++))
      if (fate === 'delivered') delivered++;

    expect(delivered).toBe(total);
    expect(told).toBeGreaterThan(1_000);
    expect((heap.at(-1) ?? 0) - (heap[0] ?? 0)).toBeLessThan(5_000_000);
  }, 60_000);
});
