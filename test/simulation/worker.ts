import { parentPort, workerData } from 'node:worker_threads';
import { exhaust, type Found, newTally, runSeed, shrink } from './explore.ts';
import type { Plan, Report } from './plan.ts';
import { SMALL_WORLDS } from './small-worlds.ts';

parentPort?.postMessage(await explore(workerData));

async function explore({
  part,
  pairs,
  smallWorlds,
  firstSeed,
  seeds,
  enough,
  endsAt,
}: Plan): Promise<Report> {
  const exhaustive = newTally();
  const random = newTally();
  const found: Found[] = [];
  let cutShort = false;
  const mayGoOn = () => {
    cutShort ||= endsAt > 0 && Date.now() >= endsAt;
    return !cutShort && found.length < enough;
  };
  const note = async (one: Found | undefined) => {
    if (one) found.push(await shrink(one));
  };
  for (const world of smallWorlds ? SMALL_WORLDS : []) {
    const most = pairs.includes(world.name) ? 2 : 1;
    if (mayGoOn()) await note(await exhaust(world, most, exhaustive, part, mayGoOn));
  }
  for (let seed = firstSeed + part.index; seed < firstSeed + seeds && mayGoOn(); seed += part.of)
    await note(await runSeed(seed, random));
  return { exhaustive, random, found, cutShort };
}
