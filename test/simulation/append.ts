import type { Simulation } from './simulation.ts';
import type { Act } from './world.ts';

/** Carries out an act by which log events happen. False when the act is another one. */
export function appendToLog(sim: Simulation, act: Act): boolean {
  switch (act) {
    case 'append':
    case 'append-late':
      append(sim, act === 'append-late');
      return true;
    case 'append-one':
      appendOne(sim);
      return true;
    case 'append-future':
      appendFuture(sim);
      return true;
    default:
      return false;
  }
}

/**
 * Appends an entry whose id is from the future. Only the log's own odd entries are ever ahead of
 * Auth0's clock.
 */
function appendFuture(sim: Simulation): void {
  const { log, world } = sim;
  const letter = world.log[log.entries.length];
  if (letter === undefined || letter === '=') return; // only an id can be from the future
  sim.meet('future id');
  log.append(letter, sim.now + 3_600_000);
}

function appendOne(sim: Simulation): void {
  const { log, world } = sim;
  const letter = world.log[log.entries.length];
  if (letter === undefined) return;
  waitForFuture(sim);
  log.append(letter, Math.max((log.last?.at ?? 0) + 1, sim.now - 30_000));
}

/** Lets the time of a future id come, as what follows it in the log comes after that time. */
function waitForFuture(sim: Simulation): void {
  const ahead = Math.max(...sim.log.entries.map(({ at }) => at));
  if (ahead > sim.now - 30_000 && ahead < sim.now + 6 * 60_000) sim.pass(ahead - sim.now + 31_000);
}

function append(sim: Simulation, late: boolean): void {
  const { log, world } = sim;
  waitForFuture(sim);
  for (const letter of world.log.slice(log.entries.length)) {
    // Auth0 took the entries in a while before now, in the order of their ids, unless they are
    // late.
    const at = Math.max((log.last?.at ?? 0) + 1, sim.now - (late ? 500 : 30_000));
    log.append(letter, at, late && log.entries.length === world.initial ? 3_000 : 0);
  }
  if (late) sim.pass(1_000);
}
