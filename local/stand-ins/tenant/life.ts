import { field } from '../../../lambdas/shared/log-event.ts';
import { isObject } from '../../../lambdas/shared/text/json.ts';
import { ACCOUNT_SHAPES } from './life/account-shapes.ts';
import { type Act, shapeOf } from './life/acts.ts';
import { APPLICATION_SHAPES } from './life/application-shapes.ts';
import { CALLERS } from './life/callers.ts';
import { LOGIN_SHAPES } from './life/login-shapes.ts';
import { ORGANIZATION_SHAPES } from './life/organization-shapes.ts';
import { createRandom, type Random } from './life/random.ts';
import { fill, sceneOf } from './life/scene.ts';
import { SETTINGS_SHAPES } from './life/settings-shapes.ts';
import type { Shape } from './life/shape.ts';
import { USER_SHAPES } from './life/user-shapes.ts';
import { createWorld, type World } from './life/world.ts';
import type { LogEntry } from './log-source.ts';

/** An endless, believable life of a tenant. It is the same for the same seed. */
export interface Life {
  /** What exists in the tenant. */
  readonly world: World;
  /**
   * What happens next, without a `log_id`. Its `date` is a little before its ingestion (epoch
   * milliseconds).
   */
  next(ingestedAt: number): LogEntry;
  /**
   * Has something happen that somebody wants to see. Undefined when there is nobody left to delete.
   */
  act(act: Act, ingestedAt: number): LogEntry | undefined;
}

const SHAPES: readonly (readonly [weight: number, shapes: readonly Shape[]])[] = [
  [9, LOGIN_SHAPES],
  [5, USER_SHAPES],
  [3, ACCOUNT_SHAPES],
  [3, APPLICATION_SHAPES],
  [3, ORGANIZATION_SHAPES],
  [2, SETTINGS_SHAPES],
];

export function createLife(seed: number): Life {
  const random = createRandom(seed);
  const world = createWorld(random);
  const waiting: LogEntry[] = [];
  return {
    world,
    next(ingestedAt) {
      if (waiting.length === 0) waiting.push(...happening(world));
      const date = new Date(Math.floor(ingestedAt) - lag(random)).toISOString();
      return { date, ...waiting.shift(), ...envelope(random) };
    },
    act(act, ingestedAt) {
      const shape = shapeOf(act);
      if (shape.removes !== undefined && !world.allows(shape)) return undefined;
      const date = new Date(Math.floor(ingestedAt) - 50).toISOString();
      return { date, ...happened(world, shape)[0], ...envelope(random) };
    },
  };
}

/** The entries of one event. */
function happening(world: World): readonly LogEntry[] {
  const { random } = world;
  const shapes = random.weighted(SHAPES).filter((shape) => world.allows(shape));
  return happened(world, random.weighted(shapes.map((each) => [each.weight, each] as const)));
}

function happened(world: World, shape: Shape): readonly LogEntry[] {
  const scene = sceneOf(world, shape);
  return shape.entries.map((entry) => fill(called(entry, world.random), scene, world.random));
}

/** Adds a caller to an entry of the Management API. */
function called(entry: LogEntry, random: Random): LogEntry {
  const request = field(entry, 'details', 'request');
  if ((entry.type !== 'sapi' && entry.type !== 'mgmt_api_read') || !isObject(request)) return entry;
  const caller = random.weighted(CALLERS.map((each) => [each.weight, each] as const));
  const details = isObject(entry.details) ? entry.details : {};
  return { ...entry, ...caller.entry, details: { ...details, request: { ...request, ...caller.request } } };
}

/**
 * Milliseconds between an event and its ingestion, as in 22 public samples: below 0.2 s, 5 s, once
 * two minutes.
 */
function lag(random: Random): number {
  return random.weighted([
    [40, () => random.between(20, 110)],
    [8, () => random.between(300, 5_200)],
    [1, () => random.between(60_000, 121_000)],
  ])();
}

/** Fields that came in 2024. Entries of other teams still lack some. */
function envelope(random: Random): LogEntry {
  return {
    ...(random.chance(0.9) && { $event_schema: { version: '1.0.0' } }),
    ...(random.chance(0.9) && { tenant_name: 'harbour-works' }),
    isMobile: false,
  };
}
