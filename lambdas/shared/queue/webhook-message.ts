import { MessageAttribute } from '../contract.ts';

/**
 * What the poller and the delivery function say to each other through SQS: one event, where it is
 * tracked, and what it is about.
 */
export interface WebhookMessage {
  /** The exact JSON that is POSTed. */
  readonly body: string;
  /** Id of the table's ledger, drawn when the table was first used. */
  readonly ledger: string;
  readonly batch: string;
  /** The event's place in its batch, from 0. */
  readonly ordinal: number;
  readonly logId: string;
  /** The event's own `date` (ISO); absent when it had none. */
  readonly date?: string;
  /** What the event is about: its ordering key. */
  readonly resource: string;
  /** 0 on the first sending of its batch, 1 when that was sent anew; absent where nobody counts. */
  readonly round?: number;
  /**
   * The ordinal of the event before it in its message group, on a first sending. SQS may have
   * refused that one and taken this one.
   */
  readonly after?: number;
}

/** Names and values of a message's attributes; all are texts. */
export function toAttributes(message: WebhookMessage): Readonly<Record<string, string>> {
  return {
    [MessageAttribute.ledger]: message.ledger,
    [MessageAttribute.batch]: message.batch,
    [MessageAttribute.ordinal]: String(message.ordinal),
    [MessageAttribute.logId]: message.logId,
    [MessageAttribute.resource]: message.resource,
    ...(message.date === undefined ? {} : { [MessageAttribute.date]: message.date }),
    ...(message.round === undefined ? {} : { [MessageAttribute.round]: String(message.round) }),
    ...(message.after === undefined ? {} : { [MessageAttribute.after]: String(message.after) }),
  };
}

/**
 * Reads a message from its attributes. Undefined when it is none of ours, as when somebody put it
 * on the queue by hand.
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
  const round = attributes[MessageAttribute.round];
  const after = attributes[MessageAttribute.after];
  if (ledger === undefined || batch === undefined || logId === undefined || resource === undefined)
    return undefined;
  if (ordinal === undefined || ![ordinal, round ?? '0', after ?? '0'].every(isNumber)) return undefined;
  return {
    body,
    ledger,
    batch,
    ordinal: Number(ordinal),
    logId,
    resource,
    ...(date === undefined ? {} : { date }),
    ...(round === undefined ? {} : { round: Number(round) }),
    ...(after === undefined ? {} : { after: Number(after) }),
  };
}

function isNumber(text: string): boolean {
  return /^\d{1,4}$/.test(text);
}
