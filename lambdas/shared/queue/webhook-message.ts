import { MessageAttribute } from '../contract.ts';

/**
 * What poller and deliverer say to each other through SQS: one event, where it is tracked, and what
 * it is about.
 */
export interface WebhookMessage {
  /** The exact JSON that is POSTed. */
  readonly body: string;
  /** Id of the table's ledger, drawn when it was first used. */
  readonly ledger: string;
  readonly batch: string;
  /** The event's place in its batch, from 0. */
  readonly ordinal: number;
  readonly logId: string;
  /** The event's own `date` (ISO), if it had one. */
  readonly date?: string;
  /** What the event is about; its ordering key. */
  readonly resource: string;
}

/** Name and value of each attribute of the message; all are strings. */
export function toAttributes(message: WebhookMessage): Readonly<Record<string, string>> {
  return {
    [MessageAttribute.ledger]: message.ledger,
    [MessageAttribute.batch]: message.batch,
    [MessageAttribute.ordinal]: String(message.ordinal),
    [MessageAttribute.logId]: message.logId,
    [MessageAttribute.resource]: message.resource,
    ...(message.date === undefined ? {} : { [MessageAttribute.date]: message.date }),
  };
}

/**
 * The message again, or undefined when it is not one of ours (somebody put it on the queue by
 * hand).
 */
export function fromAttributes(
  body: string,
  attributes: Readonly<Record<string, string | undefined>>,
): WebhookMessage | undefined {
  const ledger = attributes[MessageAttribute.ledger];
  const batch = attributes[MessageAttribute.batch];
  const ordinal = attributes[MessageAttribute.ordinal];
  const logId = attributes[MessageAttribute.logId];
  const resource = attributes[MessageAttribute.resource];
  const date = attributes[MessageAttribute.date];
  if (ledger === undefined || batch === undefined || logId === undefined || resource === undefined)
    return undefined;
  if (ordinal === undefined || !/^\d{1,4}$/.test(ordinal)) return undefined;
  return {
    body,
    ledger,
    batch,
    ordinal: Number(ordinal),
    logId,
    resource,
    ...(date === undefined ? {} : { date }),
  };
}
