import { LogReadError } from '../../lambdas/poller/reading/log-read-error.ts';
import { startDelivery } from './deliveries.ts';
import { hasUnreadable, startDismiss, startDismissUnreadable, startResume } from './operators.ts';
import { startPoll } from './polls.ts';
import type { Process } from './process.ts';
import { startRedrive } from './redrives.ts';
import { cursorOf, hasOnlyUnclaimed, isAtRest, onlyPoisonIsLeft, whatIsLeft } from './rest.ts';
import type { Simulation } from './simulation.ts';
import { Violation } from './violation.ts';

const POLL_EVERY_MS = 3 * 60_000;
/** Records that SQS hands to an invocation where there are enough. */
const FULL = 10;
/**
 * How often time passes at most. Reconcile takes some polls, a retry 30 minutes, a visibility
 * time-out nine.
 */
const ROUNDS = 40;

/**
 * Ends all faults and lets time pass. Everything must come to rest by itself, or by what an
 * operator was told to do.
 */
export async function comeToRest(sim: Simulation): Promise<void> {
  sim.calm = true;
  sim.landLate();
  sim.deployed.isOtherTenant = sim.log === sim.logs.other;
  const { keptDays = 1, saidDays = 1 } = sim.world;
  // A log without a position does not show what Auth0 keeps, and the setting is wrong. It is empty
  // or has only entries without an id. The next entry shows it.
  const showsNoPosition = sim.log.visible().every(({ letter }) => letter === '=');
  if (saidDays > keptDays && showsNoPosition)
    sim.log.append('z', Math.max((sim.log.last?.at ?? 0) + 1, sim.now - 30_000));
  for (const what of ['polls', 'deliveries'])
    if (sim.table.items.get('pause')?.[what])
      await runToEnd(sim, await startResume(sim, `Y-calm-${what}`, what));
  sim.say('== calm; the webhook is still down');
  sim.webhook = 'down';
  await readToTheEnd(sim);
  sim.say('== the webhook is up');
  sim.webhook = 'up';
  if (sim.world.poison !== undefined || sim.world.refusesTest === true) {
    await rounds(sim, () => onlyPoisonIsLeft(sim));
    sim.poisonMended = true;
    sim.say('== the poison event is mended');
  }
  const dismissing = sim.world.script.includes('dismiss');
  await rounds(sim, () => isAtRest(sim), dismissing);
}

/**
 * Checks that reading does not need the webhook (P5). With slow pages one poll reads a few only, so
 * several may be needed.
 */
async function readToTheEnd(sim: Simulation): Promise<void> {
  for (let polls = 0; polls < 10; polls++) {
    sim.pass(POLL_EVERY_MS);
    await runToEnd(sim, await startPoll(sim, `P-calm-${sim.processes.length}`));
    if (!sim.log.hasMore(cursorOf(sim))) return;
  }
  throw new Violation('P5', `while the webhook is down, reading stops at ${cursorOf(sim).slice(-4)}`);
}

async function rounds(sim: Simulation, isEnough: () => boolean, dismissing = false): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    for (let n = 0; n < 50; n++) {
      const delivery = await startDelivery(sim, `D-calm-${sim.processes.length}`);
      if (!delivery) break;
      await runToEnd(sim, delivery);
    }
    if (isEnough()) return;
    if (sim.queues.dead.messages.length > 0) {
      const operate = dismissing ? startDismiss : startRedrive;
      await runToEnd(sim, await operate(sim, `O-calm-${sim.processes.length}`));
    }
    if (hasUnreadable(sim)) await runToEnd(sim, await startDismissUnreadable(sim, `U-calm-${round}`));
    if (hasOnlyUnclaimed(sim)) sim.log.append('z', sim.now - 30_000);
    // An invocation with few records has only these for a probe; one with many has the choice.
    if ((sim.world.records ?? FULL) < FULL) sim.queues.main.rotate();
    sim.pass(POLL_EVERY_MS);
    await runToEnd(sim, await startPoll(sim, `P-calm-${sim.processes.length}`));
  }
  throw new Violation('P6', `it does not come to rest: ${whatIsLeft(sim)}`);
}

export async function runToEnd(sim: Simulation, process: Process): Promise<void> {
  while (!process.isOver) await sim.advance(process);
  if (sim.calm && process.error !== undefined && process.status === 'ended' && !mayBeGone(sim, process))
    throw new Violation('P6', `${process.name} fails without a fault: ${String(process.error)}`);
}

/**
 * True when a poll failed on an entry without an id that may have left the log. It may have left a
 * moment before the next entry, and nothing proves that until the next has left, too. The poll is
 * tried again, and `readToTheEnd` wants an end of that.
 */
function mayBeGone({ world }: Simulation, { error }: Process): boolean {
  return world.log.includes('=') && error instanceof LogReadError;
}
