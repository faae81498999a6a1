import { describe, expect, it } from 'vitest';
import type { LoggedLine } from '../../cli/connect/connection.ts';
import { statesOf } from '../../cli/reading/states-of.ts';
import { receiveMessages } from '../../lambdas/shared/queue/receive.ts';
import { idAt, operationsWorld } from '../support/operations-world.ts';

describe('where an event stands', () => {
  it('is dead also behind more dead letters than are looked at', async () => {
    const world = await operationsWorld();
    const batch = await world.open(idAt(10), idAt(20), 1);
    await world.bury(batch, 0, { logId: idAt(20) });
    await receiveMessages(world.deadLetterQueue, { most: 10, hiddenSeconds: 60 }); // out of sight
    const line = { event: 'delivery.attempted', outcome: 'dead-lettered', batch, ordinal: 0 };
    const lines: readonly LoggedLine[] = [{ from: 'deliverer', at: 1, line }];

    const states = await statesOf({ operations: world, readSecret: async () => '' }, idAt(20), lines);

    expect(states).toEqual(['dead-lettered: redrive or dismiss it']);
  });

  it('waits for its next attempt once it was redriven', async () => {
    const world = await operationsWorld();
    const batch = await world.open(idAt(10), idAt(20), 1);
    const line = { event: 'delivery.attempted', outcome: 'dead-lettered', batch, ordinal: 0 };
    const lines: readonly LoggedLine[] = [{ from: 'deliverer', at: 1, line }];

    const states = await statesOf({ operations: world, readSecret: async () => '' }, idAt(20), lines);

    expect(states).toEqual(['waits for its next attempt']);
  });
});
