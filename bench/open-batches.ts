import { vastWorld } from '../test/support/vast-world.ts';

/**
 * What a poll and a delivery cost beside so many open batches, on a table that answers as DynamoDB
 * does.
 */
const COUNTS = [1, 1_000, 100_000, 1_000_000];
const ROUNDS = 20;

const row = (cells: readonly (string | number)[]) =>
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(12)).join('')}\n`);

row(['batches', 'work', 'ms', 'requests', 'items', 'read units', 'heap MB']);
for (const batches of COUNTS) {
  for (const unreadable of batches > 1_000 ? [0, 1_000] : [0]) {
    const world = await vastWorld({ batches, waiting: batches, unreadable });
    await world.poll();
    await measure('poll', world.poll);
    await measure(unreadable > 0 ? 'poll, 1000 u.' : 'delivery', unreadable > 0 ? world.poll : world.deliver);

    async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
      const startedAt = performance.now();
      const { reads } = await world.measured(async () => {
        for (let round = 0; round < ROUNDS; round++) await work();
      });
      const each = (sum: number) => (sum / ROUNDS).toFixed(1);
      const ms = each(performance.now() - startedAt);
      const heap = Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
      row([batches, name, ms, each(reads.requests), each(reads.items), each(reads.units), heap]);
    }
  }
}
