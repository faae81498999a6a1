import type { Batch } from '../../lambdas/shared/ledger/items.ts';
import { checkpointOf } from '../../lambdas/shared/ledger/ledger.ts';
import { parseBatch, parseState } from '../../lambdas/shared/ledger/parse-items.ts';
import type { Entry } from './auth0-log.ts';
import type { Simulation } from './simulation.ts';
import { Violation } from './violation.ts';

/** True when nothing is left anywhere, and the webhook has everything that it was to get. */
export function isAtRest(sim: Simulation): boolean {
  const { main, dead } = sim.queues;
  if (main.messages.length + dead.messages.length > 0 || batches(sim).some((batch) => counts(sim, batch)))
    return false;
  if (sim.log.entries.some((entry) => sim.log.isAhead(entry))) return false;
  if (sim.log.hasMore(cursorOf(sim)) || checkpoint(sim) !== cursorOf(sim)) return false;
  for (const entry of allEntries(sim)) {
    const { promised } = sim;
    if (!promised.isObliged(entry) || promised.isDone(entry)) continue;
    if (!promised.isBeyondReach(entry)) throw new Violation('P1', `event ${entry.number} never arrived`);
    if (!['gap.detected', 'batches.abandoned'].some((told) => sim.told.includes(told)))
      throw new Violation('P1', `event ${entry.number} left Auth0's log unread, and nobody was told`);
  }
  const missing = sim.beside.missing();
  if (missing !== undefined)
    throw new Violation('P1', `${missing.slice(-4)} was sent again, and never arrived`);
  return true;
}

function allEntries({ logs }: Simulation): readonly Entry[] {
  return [...logs.own.entries, ...logs.other.entries];
}

/**
 * True when only the poison event's resource is held back. A test event that is refused holds back
 * nothing, but where all events are in one group.
 */
export function onlyPoisonIsLeft(sim: Simulation): boolean {
  const { world, promised, log } = sim;
  const poison = allEntries(sim).find(({ number }) => number === world.poison);
  const isOneGroup = world.totalOrder === true || world.script.includes('group-all');
  const held = (user: string) => isOneGroup || user === poison?.user;
  // A purged or unreadable event waits until the queues are empty, which they are not before the
  // poison event is mended.
  const unreadable = new Set(
    batches(sim).flatMap((batch) =>
      [...batch.unreadable].map((ordinal) => promised.idsOf(batch.id)[ordinal]),
    ),
  );
  if (!isOneGroup && sim.beside.missingTest() !== undefined) return false;
  // Nothing holds the checkpoint for a test event. Where messages were lost, polls find that out
  // only once the queue is empty.
  const isPlain = poison === undefined && !isOneGroup && !promised.tableLost && promised.purged.size === 0;
  if (isPlain && unreadable.size === 0 && checkpoint(sim) !== cursorOf(sim)) return false;
  return log.entries.every(
    (entry) =>
      promised.purged.has(entry.logId) ||
      unreadable.has(entry.logId) ||
      !promised.isObliged(entry) ||
      held(entry.user) ||
      promised.isDone(entry) ||
      promised.isBeyondReach(entry),
  );
}

/**
 * False for a batch that nobody claims: a poll of a lost table may have put it into the new one.
 */
function counts(sim: Simulation, { seq }: Batch): boolean {
  const item = sim.table.items.get('state');
  return !sim.promised.tableLost || (item !== undefined && seq <= parseState(item).seq);
}

function batches(sim: Simulation) {
  return sim.table.startingWith('batch#').map(parseBatch);
}

/**
 * True when the open batches were all put and never claimed. They go when a claim has made them
 * old, so with the tenant's next event.
 */
export function hasOnlyUnclaimed(sim: Simulation): boolean {
  const item = sim.table.items.get('state');
  const open = batches(sim);
  if (item === undefined || open.length === 0) return false;
  const { cursor, seq } = parseState(item);
  return cursor === '' || open.every((batch) => batch.seq > seq);
}

export function cursorOf(sim: Simulation): string {
  return sim.table.items.get('state')?.cursor?.S ?? '';
}

function checkpoint(sim: Simulation): string {
  const state = sim.table.items.get('state');
  return state ? checkpointOf(parseState(state), batches(sim)) : '';
}

export function whatIsLeft(sim: Simulation): string {
  const { main, dead } = sim.queues;
  const open = batches(sim).map(({ id, pending, enqueued, seq }) => ({
    id: id.slice(-20),
    pending: [...pending],
    enqueued,
    seq,
  }));
  return JSON.stringify({
    cursor: cursorOf(sim).slice(-4),
    checkpoint: checkpoint(sim).slice(-4),
    queue: main.messages.length,
    dead: dead.messages.length,
    open,
  });
}
