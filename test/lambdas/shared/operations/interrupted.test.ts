import { expect, it } from 'vitest';
import { dismiss } from '../../../../lambdas/shared/operations/dismiss.ts';
import { redrive } from '../../../../lambdas/shared/operations/redrive.ts';
import { idAt, operationsWorld } from '../../../support/operations-world.ts';

const LETTERS = 40;

async function buried() {
  const world = await operationsWorld();
  const batch = await world.open(idAt(0), idAt(100), LETTERS);
  for (let ordinal = 0; ordinal < LETTERS; ordinal++)
    await world.bury(batch, ordinal, { resource: `users/${ordinal}` });
  return world;
}

it('a redrive that is interrupted leaves the rest where it is, for all to see, and goes on when repeated', async () => {
  const world = await buried();
  const stop = new AbortController();

  const first = await redrive({ ...world, signal: stop.signal }, {}, (done) => done === 5 && stop.abort());
  const second = await redrive(world);

  expect(first.isInterrupted).toBe(true);
  expect(first.moved).toBeGreaterThanOrEqual(5);
  expect(first.moved).toBeLessThan(LETTERS);
  expect(second).toEqual({ moved: LETTERS - first.moved, notFound: [], left: 0 });
  expect(new Set(await world.queued()).size).toBe(LETTERS);
});

it('a dismissal that is interrupted has dismissed whole batches only', async () => {
  const world = await operationsWorld();
  for (let number = 0; number < 30; number++) {
    const batch = await world.open(idAt(number * 10), idAt(number * 10 + 9), 1);
    await world.bury(batch, 0, { logId: idAt(number * 10 + 1), resource: `users/${number}` });
  }
  const stop = new AbortController();

  const first = await dismiss({ ...world, signal: stop.signal }, {}, () => stop.abort());

  const open = await world.ledger.openBatchesAfter(undefined, 100);
  const dead = await world.dead();

  expect(first.isInterrupted).toBe(true);
  expect(first.dismissed).toBeLessThan(30);
  expect(open).toHaveLength(30 - first.dismissed);
  expect(dead).toHaveLength(30 - first.dismissed);
});
