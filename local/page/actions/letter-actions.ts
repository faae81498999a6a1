import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { dismiss } from '../../../lambdas/shared/operations/dismiss.ts';
import { listDeadLetters } from '../../../lambdas/shared/operations/list-dead-letters.ts';
import { redrive } from '../../../lambdas/shared/operations/redrive.ts';
import { resend } from '../../../lambdas/shared/operations/resend.ts';
import { type Actions, eventsOf, events as times } from './action.ts';

const one = z.object({ logId: z.string() });
const some = z.object({ logId: z.string().optional() });
const MOST_WHY = 200;

export const LETTER_ACTIONS: Actions = {
  async redrive(input, { operations, book }) {
    const logIds = await chosen(input, operations);
    const { moved } = await redrive(operations, logIds.length === 0 ? {} : { logIds });
    for (const logId of logIds) book.sentAgain(logId);
    return { words: `${times(moved)} sent to the webhook again.` };
  },
  async dismiss(input, { operations, book, say }) {
    const { why } = z.object({ why: z.string().trim().min(1, 'say why').max(MOST_WHY) }).parse(input);
    const logIds = await chosen(input, operations);
    if (logIds.length === 0) return { words: 'Nothing is on the dead-letter queue.' };
    const { dismissed } = await dismiss(operations, { logIds });
    for (const logId of logIds) book.dismissed(logId, why);
    say(`dismissed on the page: ${times(dismissed)} (${why})`);
    return { words: `${times(dismissed)} given up: ${why}` };
  },
  async resend(input, { operations, book }) {
    const delivery = book.get(one.parse(input).logId);
    if (!delivery) return { words: 'This event is not known any more.' };
    const { body, logId, resource, seenAt } = delivery;
    const event = { body, logId, resource, date: new Date(seenAt).toISOString() };
    const deps = {
      events: eventsOf(operations),
      ledger: operations.ledger,
      tenant: undefined,
      readEvents: async () => [event],
      readRange: async function* () {},
      randomId: randomUUID,
    };
    await resend(deps, { logIds: [logId] });
    book.sentAgain(logId);
    return { words: 'Sent again, under the same webhook-id.' };
  },
};

/** The dead letter that is named, or all of them. */
async function chosen(
  input: unknown,
  operations: Parameters<typeof listDeadLetters>[0],
): Promise<readonly string[]> {
  const { logId } = some.parse(input);
  if (logId !== undefined) return [logId];
  const { letters } = await listDeadLetters(operations);
  return letters.map((letter) => letter.logId);
}
