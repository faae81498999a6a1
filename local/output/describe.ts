import type { DeliveryAttempted, LogLine, OtherLine, Printed } from './log-line.ts';

/** One human line for what a function printed; undefined for what is not worth one. */
export function describe(printed: Printed): string | undefined {
  switch (printed.kind) {
    case 'known':
      return describeLine(printed.line);
    case 'other':
      return printed.line.level === 'info' ? undefined : describeOther(printed.line);
    case 'text':
      return printed.text;
  }
}

function describeLine(line: LogLine): string | undefined {
  switch (line.event) {
    case 'poll.completed': {
      if (line.read === 0) return undefined;
      const stopped = line.stoppedBy === 'caught-up' ? '' : `, stopped by ${line.stoppedBy}`;
      const pending = line.pending === undefined ? '' : `, ${line.pending} pending`;
      return `poll: ${line.read} read, ${line.matched} matched${pending} (${line.durationMs} ms${stopped})`;
    }
    case 'poll.failed':
      return `poll failed: ${line.message} (${line.reason})`;
    case 'settings.invalid':
    case 'settings.missing':
      return `settings in ${line.secret}: ${line.faults.map(({ key, expected }) => `${key}: ${expected}`).join('; ')}`;
    case 'delivery.attempted':
      return describeDelivery(line);
  }
}

function describeDelivery(line: DeliveryAttempted): string {
  const { outcome, resource, logId, attempt, status, reason, durationMs, retryDelaySeconds } = line;
  const why = [status, reason].filter((part) => part !== undefined && part !== 'status').join(' ');
  const next = retryDelaySeconds === undefined ? '' : `, again in ${Math.round(retryDelaySeconds)} s`;
  return `${outcome}: ${resource} ${logId} (attempt ${attempt}, ${why}, ${durationMs} ms${next})`;
}

/** Its plain fields; the context that every line has says nothing here. */
function describeOther({ event, level, time, webhook, requestId, _aws, ...fields }: OtherLine): string {
  const plain = Object.entries(fields).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return `${event}: ${plain.map(([key, value]) => `${key}=${value}`).join(' ')}`;
}
