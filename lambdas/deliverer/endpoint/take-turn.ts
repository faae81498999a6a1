import type { GateDeps } from './gate-deps.ts';
import { isPaused } from './item.ts';
import { type Turn, takeTurns } from './turns.ts';
import type { EndpointView } from './view.ts';

export interface Taking {
  readonly view: EndpointView;
  /** Turns that were taken and not used yet. */
  readonly turns: Turn[];
}

/** A paced request reads the item once more if its view is older than this. */
const LOOK_AGAIN_MS = 100;
/**
 * How often a request that waits for its turn reads the item, as the pace may have risen meanwhile.
 */
const NAP_MS = 2_000;

/**
 * Waits, asleep, for the next turn of the pace. `none` when none is free in time. Undefined when
 * the turn became void: the endpoint asked for patience, was paused, or has another pace now.
 */
export async function takeTurn(
  { view, turns }: Taking,
  left: number,
  deps: Pick<GateDeps, 'now' | 'sleep' | 'mostPerSecond' | 'leftToStartMs' | 'concurrentCalls'>,
): Promise<Turn | 'none' | undefined> {
  const { now, sleep, leftToStartMs } = deps;
  if (turns.length === 0) {
    let taken: readonly Turn[] = [];
    const isTaken = await view.change((item) => {
      if (isPaused(item) || turns.length > 0) return undefined;
      const next = takeTurns(item, { ...deps, count: left, latest: now() + leftToStartMs() }, now());
      taken = next?.turns ?? [];
      return next?.item;
    });
    if (isTaken) turns.push(...taken);
    else if (turns.length === 0) return 'none';
  }
  const turn = turns.shift();
  if (!turn || isVoid(turn, view)) return undefined;
  if (turn.at > now() + leftToStartMs()) return 'none';
  while (turn.at > now()) {
    await sleep(Math.min(turn.at - now(), NAP_MS));
    if (now() - view.readAt > LOOK_AGAIN_MS) await view.look();
    if (isVoid(turn, view)) return undefined;
  }
  if (now() - view.readAt > LOOK_AGAIN_MS) await view.look();
  return isVoid(turn, view) ? undefined : turn;
}

function isVoid({ at, schedule }: Turn, { item }: EndpointView): boolean {
  return isPaused(item) || at < item.until || schedule !== item.pace.schedule;
}
