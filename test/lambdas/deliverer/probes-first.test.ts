import { describe, expect, it } from 'vitest';
import { probesFirst } from '../../../lambdas/deliverer/probes-first.ts';
import type { DeliveryRecord } from '../../../lambdas/deliverer/records.ts';
import { recordOf } from '../../support/deliver-world.ts';

interface Known {
  /** The resource, then the event's number. */
  readonly id: string;
  readonly attempts?: number;
  readonly tracked?: boolean;
  readonly receives?: number;
}

/** Ids in the order in which they would be the probe. */
function order(known: readonly Known[], isPaused = true): readonly string[] {
  const records = known.map(({ id, receives = 1 }): DeliveryRecord => {
    const message = { ledger: 'l', batch: 'b', ordinal: 0, logId: id, resource: id.slice(0, 1), body: '{}' };
    return { ...recordOf(message), receiveCount: receives };
  });
  const of = (record: DeliveryRecord) => known.find(({ id }) => id === record.message.logId);
  const tracking = {
    isTracked: (record: DeliveryRecord) => of(record)?.tracked !== false,
    mayBeOutOfTurn: () => false,
    isDone: () => false,
    historyOf: (record: DeliveryRecord) => {
      const { attempts = 0, tracked = true } = of(record) ?? {};
      return { attempts, tracked, firstAt: undefined };
    },
  };
  const first = probesFirst(records, { gate: { isPaused: () => isPaused }, tracking });
  return first.map(({ message }) => message.logId);
}

describe('which record is the probe', () => {
  it('is the one that was attempted least, the first come of several', () => {
    const known = [
      { id: 'a1', attempts: 3 },
      { id: 'b1', attempts: 1 },
      { id: 'c1', attempts: 1 },
      { id: 'd1' },
    ];

    expect(order(known)).toEqual(['d1', 'b1', 'c1', 'a1']);
  });

  it('goes by the first record of a group, whose order stays', () => {
    const known = [
      { id: 'a1', attempts: 2 },
      { id: 'a2' },
      { id: 'b1', attempts: 1 },
      { id: 'b2', attempts: 9 },
    ];

    expect(order(known)).toEqual(['b1', 'b2', 'a1', 'a2']);
  });

  it('is another one with each receive where a table knows nothing of the records', () => {
    const at = (receives: number) =>
      order(['a1', 'b1', 'c1'].map((id) => ({ id, receives, tracked: false, attempts: receives - 1 })))[0];

    expect([at(3), at(4), at(5), at(6)]).toEqual(['a1', 'b1', 'c1', 'a1']);
  });

  it('takes turns among all as soon as one of them is unknown', () => {
    const known = [
      { id: 'a1', receives: 2 },
      { id: 'b1', tracked: false },
      { id: 'c1', attempts: 5 },
    ];

    expect(order(known)).toEqual(['c1', 'a1', 'b1']);
  });

  it('is whichever comes first while the endpoint is not paused', () => {
    const known = [{ id: 'a1', attempts: 3 }, { id: 'b1' }];

    expect(order(known, false)).toEqual(['a1', 'b1']);
  });
});
