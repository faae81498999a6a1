import type { Tenant } from '../stand-ins/tenant/tenant.ts';
import { type ApiActs, createApiActs } from './api-acts.ts';

/** What somebody can have happen in the simulated tenant. */
export const PAGE_ACTS = [
  'create-user',
  'change-email',
  'assign-role',
  'delete-user',
  'sign-up',
  'change-connection',
  'call',
] as const;
export type PageAct = (typeof PAGE_ACTS)[number];

export interface TenantToys {
  /**
   * Has it happen so often.
   * @returns what happened, in words
   */
  act(act: PageAct, times: number): string;
  /**
   * Has calls made by the clock for a while, in place of those that were asked for before; 0 a
   * second ends them.
   */
  flow(perSecond: number, seconds: number): void;
  /** The calls that are made by the clock now. */
  rate(): { readonly perSecond: number; readonly until: number } | undefined;
}

export function createTenantToys(tenant: Tenant, changed: () => void): TenantToys {
  const acts = createApiActs(tenant);
  let flowing: { readonly perSecond: number; readonly until: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const end = () => {
    clearInterval(timer);
    flowing = undefined;
    changed();
  };
  return {
    act(act, times) {
      for (let count = 1; count < times; count += 1) once(act, acts, tenant);
      const words = once(act, acts, tenant);
      return times === 1 ? words : `${times} calls of the Management API.`;
    },
    flow(perSecond, seconds) {
      end();
      if (perSecond === 0) return;
      flowing = { perSecond, until: Date.now() + seconds * 1000 };
      const { until } = flowing;
      timer = setInterval(() => (Date.now() < until ? acts.someCall() : end()), 1000 / perSecond);
      timer.unref();
      changed();
    },
    rate: () => flowing,
  };
}

function once(act: PageAct, acts: ApiActs, tenant: Tenant): string {
  switch (act) {
    case 'create-user':
      return acts.createUser();
    case 'change-email':
      return acts.changeEmail();
    case 'assign-role':
      return acts.assignRole();
    case 'delete-user':
      return acts.deleteUser();
    case 'change-connection':
      return acts.changeConnection();
    case 'call':
      return acts.someCall();
    case 'sign-up':
      tenant.act('sign-up');
      return 'Somebody signed up by the login page.';
  }
}
