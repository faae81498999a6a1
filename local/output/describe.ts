import type { DeliveryAttempted, LogLine, OtherLine, PollCompleted, Printed } from './log-line.ts';

/** Puts what a function printed into words; undefined for what is not worth a line. */
export function describe(printed: Printed, now: number): string | undefined {
  switch (printed.kind) {
    case 'known':
      return describeLine(printed.line, now);
    case 'other':
      return printed.line.level === 'info' ? undefined : describeOther(printed.line);
    case 'text':
      return printed.text;
  }
}

function describeLine(line: LogLine, now: number): string | undefined {
  switch (line.event) {
    case 'poll.completed':
      return describePoll(line, now);
    case 'poll.failed':
      return `poll failed: ${line.message} (${line.reason})`;
    case 'settings.invalid':
    case 'settings.missing':
    case 'settings.odd':
      return `settings in ${line.secret}: ${line.faults.map(({ key, expected }) => `${key}: ${expected}`).join('; ')}`;
    case 'delivery.attempted':
      return describeDelivery(line);
    case 'endpoint.paused':
      return `webhook paused: everything fails there (${line.reason ?? 'unknown'}); events wait, and now and then one is tried`;
    case 'endpoint.resumed':
      return `webhook back after ${line.seconds ?? 0} s: everything flows again`;
  }
}

function describePoll(line: PollCompleted, now: number): string | undefined {
  const { read, matched, durationMs, stoppedBy, retryAtMs } = line;
  const pending = line.pending === undefined ? '' : `, ${line.pending} pending`;
  const next =
    retryAtMs === undefined ? '' : `, goes on in ${Math.max(1, Math.ceil((retryAtMs - now) / 1000))} s`;
  if (read === 0)
    return stoppedBy === 'rate-limit' ? `poll: Auth0's rate limit lets nothing through${next}` : undefined;
  const stopped = stoppedBy === 'caught-up' ? '' : `, stopped by ${stoppedBy}${next}`;
  return `poll: ${read} read, ${matched} matched${pending} (${durationMs} ms${stopped})`;
}

function describeDelivery(line: DeliveryAttempted): string {
  const { outcome, resource, logId, attempt, status, reason, detail, durationMs, retryDelaySeconds } = line;
  const why = [status, reason, detail].filter((part) => part !== undefined && part !== 'status').join(' ');
  const next = retryDelaySeconds === undefined ? '' : `, again in ${Math.round(retryDelaySeconds)} s`;
  return `${outcome}: ${resource} ${logId} (attempt ${attempt}, ${why}, ${durationMs} ms${next})`;
}

/** The plain fields of a line, without the context that every line has. */
function describeOther({ event, level, time, webhook, requestId, _aws, ...fields }: OtherLine): string {
  const plain = Object.entries(fields).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return `${event}: ${plain.map(([key, value]) => `${key}=${value}`).join(' ')}`;
}
