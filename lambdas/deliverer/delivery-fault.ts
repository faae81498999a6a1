import type { SQSEvent, SQSRecord } from 'aws-lambda';

export const NOT_STARTED =
  'nothing was attempted: the settings or the table could not be read (delivery.not-started in this log says why); the events are back in the queue';
export const UNRECORDED =
  'the table could not be written (ledger.failed in this log says why); what could not be recorded is back in the queue and may be sent again';
const NO_RECORDS =
  'this function delivers what its queue holds: it expects an SQS event, {"Records":[...]}. To try the webhook, use the command in the stack output Begin3TestEventCommand';

/** Thrown to end an invocation as failed, so that Lambda counts an error and an alarm fires. */
export class DeliveryFaultError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeliveryFaultError';
  }
}

/**
 * The event's records. Throws a DeliveryFaultError when it has none, as when somebody invokes the
 * function by hand with the Lambda console's Test.
 */
export function recordsOf(event: SQSEvent | undefined): readonly SQSRecord[] {
  if (!Array.isArray(event?.Records)) throw new DeliveryFaultError(NO_RECORDS);
  return event.Records;
}
