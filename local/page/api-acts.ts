import { field, textField } from '../../lambdas/shared/log-event.ts';
import { person } from '../stand-ins/tenant/life/people.ts';
import { createRandom } from '../stand-ins/tenant/life/random.ts';
import { DATABASE } from '../stand-ins/tenant/life/shape.ts';
import type { Tenant } from '../stand-ins/tenant/tenant.ts';

/** Calls of the simulated Management API that follow one user. Each says what it did. */
export interface ApiActs {
  createUser(): string;
  changeEmail(): string;
  assignRole(): string;
  deleteUser(): string;
  changeConnection(): string;
  /** Makes a call about one of a few users, so that some events are about the same resource. */
  someCall(): string;
}

const USERS = 12;

export function createApiActs(tenant: Tenant): ApiActs {
  const random = createRandom(Date.now());
  const known: string[] = [];
  /** The user whom the buttons are about. */
  let user: { readonly id: string; readonly name: string } | undefined;

  const create = () => {
    const { name, email } = person(random);
    const password = random.text(16, 'abcdefghijkmnpqrstuvwxyz23456789');
    const { body } = tenant.call('POST', 'users', { connection: DATABASE, name, email, password });
    return { id: textField(body, 'user_id') ?? '', name };
  };
  const current = () => {
    user ??= create();
    return user;
  };
  const patch = (id: string, changes: object) =>
    tenant.call('PATCH', `users/${encodeURIComponent(id)}`, changes);
  const idOfFirst = (path: string) => {
    const { body } = tenant.call('GET', path);
    return Array.isArray(body) ? String(field(body[0], 'id')) : '';
  };
  return {
    createUser() {
      user = create();
      return `${user.name} was created.`;
    },
    changeEmail() {
      const { id, name } = current();
      patch(id, { email: person(random).email });
      return `${name} has a new e-mail address.`;
    },
    assignRole() {
      const { id, name } = current();
      tenant.call('POST', `users/${encodeURIComponent(id)}/roles`, { roles: [idOfFirst('roles')] });
      return `${name} was given a role.`;
    },
    deleteUser() {
      const { id, name } = current();
      tenant.call('DELETE', `users/${encodeURIComponent(id)}`);
      user = undefined;
      return `${name} was deleted.`;
    },
    changeConnection() {
      const path = `connections/${idOfFirst('connections')}`;
      tenant.call('PATCH', path, { options: { brute_force_protection: random.chance(0.5) } });
      return 'A connection was changed.';
    },
    someCall() {
      if (known.length < USERS || random.chance(0.2)) {
        known.push(create().id);
        if (known.length > USERS) known.shift();
      } else patch(random.pick(known), { app_metadata: { plan: random.pick(['free', 'pro']) } });
      return 'One call of the Management API.';
    },
  };
}
