import { field } from '../../../../lambdas/shared/log-event.ts';
import { decoded } from '../../../../lambdas/shared/text/decoded.ts';
import type { World } from '../life/world.ts';
import type { LogEntry } from '../log-source.ts';

/**
 * What the Management API knows about the tenant's users. Their ids live in the world, the details
 * here.
 */
export interface Directory {
  readonly world: World;
  /** The user as the API answers it; undefined when there is none with that id. */
  user(id: string): LogEntry | undefined;
  byEmail(email: string): LogEntry | undefined;
  keep(id: string, user: LogEntry): void;
  remove(id: string): void;
  /**
   * Learns from an entry of a former run's log: who was made then exists, and who was deleted does
   * not.
   */
  learn(entry: LogEntry): void;
}

const USER_PATH = /^\/api\/v2\/users\/([^/]+)$/;

export function createDirectory(world: World): Directory {
  const details = new Map<string, LogEntry>();
  const keep = (id: string, user: LogEntry) => {
    world.add('user', id);
    details.set(id, user);
  };
  const remove = (id: string) => {
    world.drop('user', id);
    details.delete(id);
  };
  const user = (id: string) =>
    world.all('user').includes(id) ? (details.get(id) ?? { user_id: id }) : undefined;
  return {
    world,
    user,
    keep,
    remove,
    byEmail: (email) => [...details.values()].find((known) => known.email === email),
    learn(entry) {
      const method = field(entry, 'details', 'request', 'method');
      const path = String(field(entry, 'details', 'request', 'path'));
      const answered = field(entry, 'details', 'response', 'body');
      const id = field(answered, 'user_id');
      if (entry.type !== 'sapi') return;
      if (method === 'post' && path === '/api/v2/users' && typeof id === 'string')
        keep(id, typeof answered === 'object' ? { ...answered, user_id: id } : { user_id: id });
      const [, named] = USER_PATH.exec(path) ?? [];
      if (method === 'delete' && named !== undefined) remove(decoded(named));
    },
  };
}
