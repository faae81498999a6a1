import { DIGITS, HEX, LETTERS, type Random } from './random.ts';

/** What exists in the simulated tenant, by id. */
export interface World {
  readonly random: Random;
  readonly users: string[];
  readonly clients: string[];
  readonly roles: string[];
  readonly organizations: string[];
  readonly connections: string[];
  readonly actions: string[];
}

export function createWorld(random: Random): World {
  const many = (count: number, id: (random: Random) => string) =>
    Array.from({ length: count }, () => id(random));
  return {
    random,
    users: many(12, newUserId),
    clients: many(4, newClientId),
    roles: many(4, (r) => newId(r, 'rol_')),
    organizations: many(3, (r) => newId(r, 'org_')),
    connections: many(3, (r) => newId(r, 'con_')),
    actions: many(2, newActionId),
  };
}

export const newId = (random: Random, prefix: string): string => prefix + random.text(16, LETTERS);
export const newClientId = (random: Random): string => random.text(32, LETTERS);

export function newActionId(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length, HEX)).join('-');
}

/** Database and social users, and federated ones whose ids hold what a path must encode. */
export function newUserId(random: Random): string {
  return random.weighted([
    [6, () => `auth0|${random.text(24, HEX)}`],
    [3, () => `google-oauth2|${random.text(21, DIGITS)}`],
    [1, () => `samlp|acme-okta|u${random.text(5, DIGITS)}@example.com`],
    [1, () => `oidc|partners/north|${random.text(8, DIGITS)}`],
  ])();
}

/** Callers send ids as they are or percent-encoded, and the log keeps what they sent; a slash is always encoded. */
export function inPath(random: Random, id: string): string {
  return random.chance(0.5) || id.includes('/') ? encodeURIComponent(id) : id;
}

/** Takes one out of a list, if more than `keep` are left. */
export function takeOne(random: Random, ids: string[], keep: number): string | undefined {
  return ids.length > keep ? ids.splice(random.between(0, ids.length - 1), 1)[0] : undefined;
}
