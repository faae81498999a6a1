import type { Actions } from './action.ts';
import { LETTER_ACTIONS } from './letter-actions.ts';
import { POSITION_ACTIONS } from './position-actions.ts';
import { TENANT_ACTIONS } from './tenant-actions.ts';
import { WEBHOOK_ACTIONS } from './webhook-actions.ts';

/** Everything that a button of the page can do, by the name in `/actions/<name>`. */
export const ACTIONS: Actions = {
  ...TENANT_ACTIONS,
  ...WEBHOOK_ACTIONS,
  ...LETTER_ACTIONS,
  ...POSITION_ACTIONS,
};
