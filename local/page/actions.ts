import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { dismiss } from '../../lambdas/shared/operations/dismiss.ts';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import { pause, resume } from '../../lambdas/shared/operations/pause.ts';
import { redrive } from '../../lambdas/shared/operations/redrive.ts';
import { resend } from '../../lambdas/shared/operations/resend.ts';
import { rewind } from '../../lambdas/shared/operations/rewind.ts';
import { sendTestEvent } from '../../lambdas/shared/operations/test-event.ts';
import { createEventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import type { Receiver } from '../stand-ins/receiver/receiver.ts';
import { ACTS } from '../stand-ins/tenant/life/acts.ts';
import type { Tenant } from '../stand-ins/tenant/tenant.ts';
import type { DeliveryBook } from './delivery-book.ts';
import { respondAs, WEBHOOK_MODES, type WebhookMode } from './webhook-toys.ts';

export interface ActionDeps {
  readonly operations: OperationsDeps;
  readonly book: DeliveryBook;
  /** Only with the simulated tenant. */
  readonly tenant: Tenant | undefined;
  /** Only with our own webhook. */
  readonly receiver: Receiver | undefined;
  readonly onWebhookMode: (mode: WebhookMode) => void;
}

/** What came of it, in words for a person. */
type Action = (input: unknown, deps: ActionDeps) => Promise<string>;

const what = z.object({ what: z.enum(['polls', 'deliveries']) });
const one = z.object({ logId: z.string() });
const some = z.object({ logId: z.string().optional() });

export const ACTIONS: Readonly<Record<string, Action>> = {
  async tenant(input, { tenant }) {
    const { act, times } = z
      .object({ act: z.enum(ACTS), times: z.number().int().min(1).max(500).default(1) })
      .parse(input);
    if (!tenant) return 'A real tenant is read: make the change there.';
    for (let count = 0; count < times; count += 1) tenant.act(act);
    return times === 1 ? 'Written to the tenant’s log.' : `${times} entries written to the tenant’s log.`;
  },
  async webhook(input, { receiver, book, onWebhookMode }) {
    const { mode } = z.object({ mode: z.enum(WEBHOOK_MODES) }).parse(input);
    if (!receiver) return 'Your own webhook is called: it answers as it likes.';
    receiver.respond = respondAs(mode, (id) => book.get(id)?.resource ?? '');
    onWebhookMode(mode);
    return mode === 'ok' ? 'The webhook answers 204 again.' : 'The webhook behaves so from now on.';
  },
  async redrive(input, { operations }) {
    const { logId } = some.parse(input);
    const { moved } = await redrive(operations, logId === undefined ? {} : { logIds: [logId] });
    return `${moved} sent to the webhook again.`;
  },
  async dismiss(input, { operations }) {
    const { logId } = some.parse(input);
    const { dismissed } = await dismiss(operations, logId === undefined ? {} : { logIds: [logId] });
    return `${dismissed} given up.`;
  },
  async resend(input, { operations, book }) {
    const delivery = book.get(one.parse(input).logId);
    if (!delivery) return 'This event is not known any more.';
    const { body, logId, resource, seenAt } = delivery;
    const event = { body, logId, resource, date: new Date(seenAt).toISOString() };
    const readEvents = async () => [event];
    const readRange = async function* () {};
    await resend(
      {
        events: eventsOf(operations),
        ledger: operations.ledger,
        readEvents,
        readRange,
        randomId: randomUUID,
      },
      { logIds: [logId] },
    );
    return 'Sent again.';
  },
  async rewind(input, { operations }) {
    const { to, dryRun } = z.object({ to: z.string(), dryRun: z.boolean() }).parse(input);
    const rewound = await rewind(operations, { to, dryRun });
    return rewound.done ? 'Reading goes on from there.' : `Would go back to ${rewound.to}.`;
  },
  async pause(input, { operations }) {
    await pause(operations, { ...what.parse(input), reason: 'on the page' });
    return 'Paused.';
  },
  async resume(input, { operations }) {
    await resume(operations, what.parse(input));
    return 'Goes on.';
  },
  async test(_, { operations }) {
    const { logId } = await sendTestEvent({
      events: eventsOf(operations),
      ledger: operations.ledger,
      now: Date.now,
      randomId: randomUUID,
    });
    return `Test event ${logId} is on its way.`;
  },
};

function eventsOf({ queue, deadLetterQueue, sleep }: OperationsDeps) {
  return createEventQueue(queue.client, {
    queueUrl: queue.url,
    deadLetterQueueUrl: deadLetterQueue.url,
    sleep,
  });
}
