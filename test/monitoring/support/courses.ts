import { expect, onTestFinished } from 'vitest';
import type { Assembly } from '../../../local/template/assembly.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

/** A world whose log was read to its end once, with one event delivered. */
export async function quietWorld(assembly: Assembly, options: WorldOptions = {}): Promise<World> {
  const world = await startWorld(assembly, options);
  onTestFinished(world.close);
  userCreated(world, 'auth0|first');
  await world.fiveMinutes(() => pollAndDeliver(world));
  expect(world.firing()).toEqual([]);
  return world;
}

/**
 * Logs the creation of a user.
 * @returns its log_id
 */
export function userCreated(world: World, id: string, secondsAgo = 0): string {
  const ingestedAt = Date.now() - secondsAgo * 1_000;
  const entry = {
    type: 'sapi',
    date: new Date(ingestedAt).toISOString(),
    description: 'Create a User',
    details: {
      request: { method: 'post', path: '/api/v2/users' },
      response: { statusCode: 201, body: { user_id: id } },
    },
  };
  const [logId = ''] = world.tenant.append(entry, { ingestedAt });
  return logId;
}

export async function pollAndDeliver(world: World): Promise<void> {
  await world.poll();
  await world.deliver();
}

/**
 * Lets five minutes pass with that again and again, until exactly these alarms fire. Fails after an
 * hour.
 */
export async function until(
  world: World,
  firing: readonly string[],
  happening?: () => Promise<unknown>,
): Promise<void> {
  const seen: string[] = [];
  for (let period = 0; period < 12; period++) {
    await world.fiveMinutes(happening);
    seen.push(world.firing().join('+') || 'none');
    if (world.firing().toSorted().join() === firing.toSorted().join()) return;
  }
  expect.fail(`${firing.join('+') || 'none'} expected, but: ${seen.join(', ')}`);
}

/**
 * Goes through the whole course of one alarm, and of no other: it fires, stays for as long as the
 * condition does, and goes back.
 */
export async function firesAndGoesBack(
  world: World,
  alarm: string,
  { wrong, right }: { wrong: () => Promise<unknown>; right: () => Promise<unknown> },
): Promise<void> {
  await until(world, [alarm], wrong);
  await world.fiveMinutes(wrong);
  expect(world.firing()).toEqual([alarm]);
  await until(world, [], right);
  await world.fiveMinutes(right);
  expect(world.firing()).toEqual([]);
}

/** The position just before an entry. */
export function before(logId: string): string {
  return `${BigInt(logId) - 1n}`;
}
