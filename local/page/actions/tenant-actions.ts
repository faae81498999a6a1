import * as z from 'zod';
import { curlCommands } from '../curl.ts';
import { PAGE_ACTS } from '../tenant-toys.ts';
import type { Actions } from './action.ts';

const NO_TENANT = { words: 'A real tenant is read: make the change there.' };

export const TENANT_ACTIONS: Actions = {
  async tenant(input, { toys }) {
    const { act, times } = z
      .object({ act: z.enum(PAGE_ACTS), times: z.number().int().min(1).max(500).default(1) })
      .parse(input);
    if (!toys) return NO_TENANT;
    const words = toys.act(act, times);
    return { words };
  },
  async rate(input, { toys }) {
    const { perSecond, seconds } = z
      .object({ perSecond: z.number().min(0).max(50), seconds: z.number().int().min(1).max(120) })
      .parse(input);
    if (!toys) return NO_TENANT;
    toys.flow(perSecond, seconds);
    return {
      words:
        perSecond === 0
          ? 'No more are made by the clock.'
          : `${perSecond} events a second for ${seconds} seconds.`,
    };
  },
  async curl(_, { tenant }) {
    if (!tenant) return NO_TENANT;
    return { words: 'The simulated tenant answers these calls.', data: curlCommands(tenant) };
  },
};
