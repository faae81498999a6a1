import type { OperationsDeps } from '../../../lambdas/shared/operations/operations-deps.ts';
import { createEventQueue } from '../../../lambdas/shared/queue/event-queue.ts';
import type { Receiver } from '../../stand-ins/receiver/receiver.ts';
import type { Tenant } from '../../stand-ins/tenant/tenant.ts';
import type { DeliveryBook } from '../delivery-book.ts';
import type { ActionResult } from '../shapes.ts';
import type { TenantToys } from '../tenant-toys.ts';
import type { WebhookMode } from '../webhook-toys.ts';

/** What the buttons of the page work on. */
export interface ActionDeps {
  readonly operations: OperationsDeps;
  readonly book: DeliveryBook;
  /** Undefined unless the tenant is simulated. */
  readonly tenant: Tenant | undefined;
  readonly toys: TenantToys | undefined;
  /** Undefined unless the webhook is our own. */
  readonly receiver: Receiver | undefined;
  readonly onWebhookMode: (mode: WebhookMode) => void;
  /** Reads the text of one of the two secrets as it is now. */
  readonly readSecret: (which: 'auth0' | 'webhook') => Promise<string>;
  /** Prints to the terminal what somebody did on the page. */
  readonly say: (line: string) => void;
}

/** Does what a button asks for, and says in words what came of it. */
export type Action = (input: unknown, deps: ActionDeps) => Promise<ActionResult>;

export type Actions = Readonly<Record<string, Action>>;

export function eventsOf({ queue, deadLetterQueue, sleep }: OperationsDeps) {
  const deadLetterQueueUrl = deadLetterQueue.url;
  return createEventQueue(queue.client, { queueUrl: queue.url, deadLetterQueueUrl, sleep });
}

/** Counts in words: "1 event", "7 events". */
export function events(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}
