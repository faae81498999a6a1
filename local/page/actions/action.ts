import type { OperationsDeps } from '../../../lambdas/shared/operations/operations-deps.ts';
import { createEventQueue } from '../../../lambdas/shared/queue/event-queue.ts';
import type { Receiver } from '../../stand-ins/receiver/receiver.ts';
import type { Tenant } from '../../stand-ins/tenant/tenant.ts';
import type { DeliveryBook } from '../delivery-book.ts';
import type { Told } from '../shapes.ts';
import type { TenantToys } from '../tenant-toys.ts';
import type { WebhookMode } from '../webhook-toys.ts';

/** What the buttons of the page work on. */
export interface ActionDeps {
  readonly operations: OperationsDeps;
  readonly book: DeliveryBook;
  /** Only with the simulated tenant. */
  readonly tenant: Tenant | undefined;
  readonly toys: TenantToys | undefined;
  /** Only with our own webhook. */
  readonly receiver: Receiver | undefined;
  readonly onWebhookMode: (mode: WebhookMode) => void;
  /** Texts of the two secrets as they are now. */
  readonly readSecret: (which: 'auth0' | 'webhook') => Promise<string>;
  /** To the terminal: what somebody did on the page. */
  readonly say: (line: string) => void;
}

/** What came of it, in words for a person. */
export type Action = (input: unknown, deps: ActionDeps) => Promise<Told>;

export type Actions = Readonly<Record<string, Action>>;

export function eventsOf({ queue, deadLetterQueue, sleep }: OperationsDeps) {
  const deadLetterQueueUrl = deadLetterQueue.url;
  return createEventQueue(queue.client, { queueUrl: queue.url, deadLetterQueueUrl, sleep });
}

/** "1 event", "7 events". */
export function events(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}
