import type { LogEntry } from '../log-source.ts';
import { address, agent, person } from './people.ts';
import { HEX, type Random } from './random.ts';
import type { Shape } from './shape.ts';
import { type Kind, newId, type World } from './world.ts';

/** What each placeholder stands for in one event. */
export type Scene = Readonly<Record<string, string>>;

/** Chooses whom and what an event is about, and makes and removes what the shape says. */
export function sceneOf(world: World, { creates, removes }: Shape): Scene {
  const { random } = world;
  const idOf = (kind: Kind): string => {
    if (creates === kind) return world.create(kind);
    return removes === kind ? world.remove(kind) : world.pick(kind);
  };
  const user = idOf('user');
  const { parsed, raw } = agent(random);
  return {
    user,
    userPath: inPath(random, user),
    userEncoded: encodeURIComponent(user),
    /** Without the provider, as in the description of a deletion. */
    userBare: user.slice(user.indexOf('|') + 1),
    client: idOf('client'),
    role: idOf('role'),
    org: idOf('org'),
    con: idOf('con'),
    action: idOf('action'),
    ...person(random),
    ip: address(random),
    agent: parsed,
    rawAgent: raw,
    hex: random.text(32, HEX),
    id: newId(random, ''),
    digit: String(random.between(1, 9)),
    number: String(random.between(100, 999)),
  };
}

/**
 * An id as a path has it: as it is, or percent-encoded. The log keeps what callers sent, and a
 * slash is always encoded.
 */
function inPath(random: Random, id: string): string {
  return random.chance(0.5) || id.includes('/') ? encodeURIComponent(id) : id;
}

/** The entry with every placeholder replaced. What is undefined is left out. */
export function fill(entry: LogEntry, scene: Scene, random: Random): LogEntry {
  const values = Object.entries(entry).map(([key, each]) => [key, filled(each, scene, random)]);
  return Object.fromEntries(values.filter(([, each]) => each !== undefined));
}

function filled(value: unknown, scene: Scene, random: Random): unknown {
  if (typeof value === 'string') return value.replace(/\$(\w+)/g, (_, name: string) => known(scene, name));
  if (Array.isArray(value)) return value.map((each) => filled(each, scene, random));
  if (typeof value !== 'object' || value === null) return value;
  if ('$oneOf' in value && Array.isArray(value.$oneOf))
    return filled(random.pick(value.$oneOf), scene, random);
  return fill({ ...value }, scene, random);
}

function known(scene: Scene, name: string): string {
  const value = scene[name];
  if (value === undefined) throw new Error(`No placeholder $${name} is known.`);
  return value;
}
