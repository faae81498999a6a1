/** @import { Opened, Row } from '../shapes.ts' */
import { why } from './reasons.js';
import { ago, counted, happened, until } from './text.js';

/**
 * What happened, in two or three sentences.
 * @param {Row} row
 * @param {Opened | undefined} detail
 * @param {number} now
 */
export function story(row, detail, now) {
  const { method, path, seenAt } = row;
  const who = callerOf(detail?.body);
  const call = method === '' ? '' : ` by ${method.toUpperCase()} ${path}${who}`;
  return `${happened(row)}${call}. It was read from the log ${ago(seenAt, now)}. ${ending(row, now)}`;
}

/**
 * @param {Row} row
 * @param {number} now
 */
function ending({ state, attempts, last, nextAt, dismissedFor }, now) {
  const failed = last ? why(last) : '';
  switch (state) {
    case 'delivered':
      return attempts > 1
        ? `The webhook took it at attempt ${last?.number ?? attempts}, with ${last?.status}.`
        : `The webhook took it at once, with ${last?.status}, in ${last?.durationMs} ms.`;
    case 'retry':
      return `${counted(attempts, 'attempt')} failed (the last: ${failed}). The next is ${nextAt !== undefined && nextAt > now ? `in ${until(nextAt, now)}` : 'due'}; later events of this resource wait behind it.`;
    case 'dead-lettered':
      return `Its retry window is over after ${counted(attempts, 'attempt')} (${failed || 'before this run'}). It waits on the dead-letter queue until you redrive or dismiss it.`;
    case 'dismissed':
      return `It was given up on purpose: ${dismissedFor}.`;
    default:
      return 'It is in the queue, and next in turn for its resource.';
  }
}

/** @param {unknown} body */
function callerOf(body) {
  if (typeof body !== 'object' || body === null || !('request' in body)) return '';
  const { request } = body;
  if (typeof request !== 'object' || request === null || !('userAgent' in request)) return '';
  return typeof request.userAgent === 'string' && request.userAgent !== ''
    ? ` (${request.userAgent.slice(0, 40)})`
    : '';
}
