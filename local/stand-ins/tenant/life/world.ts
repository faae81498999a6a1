import { DIGITS, HEX, LETTERS, type Random } from './random.ts';

/** What exists in the simulated tenant. The names are the placeholders of the ids. */
const KINDS = {
  user: { least: 9, atStart: 12, most: 60, id: userId },
  client: { least: 2, atStart: 4, most: 40, id: (random: Random) => random.text(32, LETTERS) },
  role: { least: 2, atStart: 4, most: 12, id: (random: Random) => newId(random, 'rol_') },
  org: { least: 2, atStart: 3, most: 30, id: (random: Random) => newId(random, 'org_') },
  con: { least: 1, atStart: 3, most: 10, id: (random: Random) => newId(random, 'con_') },
  action: { least: 1, atStart: 2, most: 8, id: actionId },
} as const;

export type Kind = keyof typeof KINDS;

export interface World {
  readonly random: Random;
  /**
   * Makes one.
   * @returns its id
   */
  create(kind: Kind): string;
  /**
   * Takes one out.
   * @returns its id
   */
  remove(kind: Kind): string;
  pick(kind: Kind): string;
  all(kind: Kind): readonly string[];
  /** Takes note of one that a call of the Management API made. Later events may be about it. */
  add(kind: Kind, id: string): void;
  /** Takes note of one that such a call removed. No later event is about it. */
  drop(kind: Kind, id: string): void;
  /** True when there are neither too many nor too few of them for that. */
  allows(change: { readonly creates?: Kind; readonly removes?: Kind }): boolean;
}

export function createWorld(random: Random): World {
  const start = (kind: Kind) => Array.from({ length: KINDS[kind].atStart }, () => KINDS[kind].id(random));
  const ids: Readonly<Record<Kind, string[]>> = {
    user: start('user'),
    client: start('client'),
    role: start('role'),
    org: start('org'),
    con: start('con'),
    action: start('action'),
  };
  return {
    random,
    create(kind) {
      const id = KINDS[kind].id(random);
      ids[kind].push(id);
      return id;
    },
    remove(kind) {
      const id = random.pick(ids[kind]);
      ids[kind].splice(ids[kind].indexOf(id), 1);
      return id;
    },
    pick: (kind) => random.pick(ids[kind]),
    all: (kind) => ids[kind],
    add(kind, id) {
      if (!ids[kind].includes(id)) ids[kind].push(id);
    },
    drop(kind, id) {
      const index = ids[kind].indexOf(id);
      if (index >= 0) ids[kind].splice(index, 1);
    },
    allows({ creates, removes }) {
      if (creates !== undefined) return ids[creates].length < KINDS[creates].most;
      return removes === undefined || ids[removes].length > KINDS[removes].least;
    },
  };
}

export function newId(random: Random, prefix: string): string {
  return prefix + random.text(16, LETTERS);
}

function actionId(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length, HEX)).join('-');
}

/** An id of a database or social user, or of a federated one that has what a path must encode. */
function userId(random: Random): string {
  return random.weighted([
    [6, () => `auth0|${random.text(24, HEX)}`],
    [3, () => `google-oauth2|${random.text(21, DIGITS)}`],
    [1, () => `samlp|acme-okta|u${random.text(5, DIGITS)}@example.com`],
    [1, () => `oidc|partners/north|${random.text(8, DIGITS)}`],
  ])();
}
