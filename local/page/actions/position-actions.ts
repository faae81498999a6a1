import * as z from 'zod';
import { openLog } from '../../../cli/reading/open-log.ts';
import { pause, resume } from '../../../lambdas/shared/operations/pause.ts';
import { rewind, undoRewind } from '../../../lambdas/shared/operations/rewind.ts';
import { type Actions, events } from './action.ts';

const what = z.object({ what: z.enum(['polls', 'deliveries']) });

export const POSITION_ACTIONS: Actions = {
  /** With `dryRun` it only counts what would be sent again. It reads the log as the poller does. */
  async rewind(input, { operations, readSecret }) {
    const { to, dryRun } = z.object({ to: z.string().trim(), dryRun: z.boolean() }).parse(input);
    const count = async (after: string, until: string) => {
      const log = await openLog({ readSecret, operations });
      let found = 0;
      for await (const page of log.range(after, until)) found += page.length;
      return found;
    };
    const rewound = await rewind(operations, dryRun ? { to, dryRun, count } : { to });
    if (rewound.done)
      return {
        words: 'The next poll reads on from there. It can be taken back until then.',
        data: rewound,
      };
    return { words: `${events(rewound.events ?? 0)} would be sent again.`, data: rewound };
  },
  async 'undo-rewind'(_, { operations }) {
    await undoRewind(operations);
    return { words: 'Taken back: nothing was read in between.' };
  },
  async pause(input, { operations }) {
    const { reason } = z.object({ reason: z.string().trim().default('') }).parse(input);
    const chosen = what.parse(input);
    await pause(operations, { ...chosen, reason: reason === '' ? 'on the page' : reason });
    return {
      words:
        chosen.what === 'polls'
          ? 'Polls are paused: Auth0 keeps its log meanwhile.'
          : 'Deliveries are paused: events wait in the queue.',
    };
  },
  async resume(input, { operations }) {
    const chosen = what.parse(input);
    await resume(operations, chosen);
    return { words: chosen.what === 'polls' ? 'Polls go on.' : 'Deliveries go on.' };
  },
};
