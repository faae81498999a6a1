import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { sendTestEvent } from '../../../lambdas/shared/operations/test-event.ts';
import { parseWebhookSettings } from '../../../lambdas/shared/settings/webhook-settings.ts';
import { respondAs, WEBHOOK_MODES } from '../webhook-toys.ts';
import { type Actions, eventsOf } from './action.ts';

export const WEBHOOK_ACTIONS: Actions = {
  async webhook(input, { receiver, book, onWebhookMode }) {
    const { mode } = z.object({ mode: z.enum(WEBHOOK_MODES) }).parse(input);
    if (!receiver) return { words: 'Your own webhook is called: it answers as it likes.' };
    receiver.respond = respondAs(mode, (id) => book.get(id)?.resource ?? '');
    onWebhookMode(mode);
    return {
      words: mode === 'ok' ? 'The webhook answers 204 again.' : 'The webhook behaves so from now on.',
    };
  },
  async test(_, { operations }) {
    const { logId } = await sendTestEvent({
      events: eventsOf(operations),
      ledger: operations.ledger,
      now: Date.now,
      randomId: randomUUID,
    });
    return { words: `Test event ${logId} is on its way.`, data: { logId } };
  },
  /** Shows the secret after a deliberate click. It stands nowhere else on the page. */
  async secret(_, { readSecret }) {
    const parsed = parseWebhookSettings(await readSecret('webhook'));
    if ('faults' in parsed) return { words: 'The webhook settings are wrong: they name no signing secret.' };
    return {
      words: 'The signing secret is shown until you hide it.',
      data: { secrets: parsed.settings.signingSecrets.map((secret) => `whsec_${secret}`) },
    };
  },
};
