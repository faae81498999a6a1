/**
 * Measures what a poll and a delivery cost beside many open batches, on a table that answers as
 * DynamoDB does.
 */
import { parseArgs } from 'node:util';
import { vastWorld } from '../test/support/vast-world.ts';
import { keepCounts } from './support/kept-counts.ts';
import { keep, keepSoFar, quantile } from './support/results.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const COUNTS = values.short ? [1, 1_000_000] : [1, 1_000, 100_000, 1_000_000];
const ROUNDS = values.short ? 5 : 40;

const rows: (string | number)[][] = [];
const result = {
  name: 'open-batches',
  title: 'A poll and a delivery beside open batches',
  command: 'npm run bench -- --only open-batches',
  about: `One poll that finds one event, and one delivery of one event with its checkpoint, by how many batches are open; \`n of them\` wait for an operator, as Auth0 has their events no more. Means of ${ROUNDS}, times are medians; the table answers as DynamoDB does, in memory.`,
  columns: ['open batches', 'of them', 'work', 'read requests', 'items', 'read units', 'ms', 'heap MB'],
  rows,
};
const counts: Record<string, number> = {};
for (const batches of COUNTS)
  for (const unreadable of batches > 1_000 ? [0, 1_000] : [0]) {
    const world = await vastWorld({ batches, waiting: batches, unreadable });
    await world.poll();
    await measure('poll', batches, unreadable, world, world.poll);
    if (unreadable === 0) await measure('delivery', batches, unreadable, world, world.deliver);
  }
keepCounts('open-batches', counts);
keep(result);

async function measure(
  name: string,
  batches: number,
  unreadable: number,
  world: Awaited<ReturnType<typeof vastWorld>>,
  work: () => Promise<unknown>,
): Promise<void> {
  const times: number[] = [];
  const { reads } = await world.measured(async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const startedAt = performance.now();
      await work();
      times.push(performance.now() - startedAt);
    }
  });
  const each = (sum: number) => Math.round((10 * sum) / ROUNDS) / 10;
  const heap = Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
  const read = [each(reads.requests), each(reads.items), each(reads.units)];
  rows.push([batches.toLocaleString('en'), unreadable, name, ...read, quantile(times, 0.5).toFixed(2), heap]);
  keepSoFar(result);
  if (batches === 1_000_000) counts[`${name}/${unreadable}/items`] = each(reads.items);
}
