/** @import { Attempt } from '../shapes.ts' */

/** @type {Readonly<Record<string, string>>} */
const REASONS = {
  status: 'the webhook answered with an error',
  redirect: 'the webhook answered with a redirect, which is not followed',
  gone: 'the webhook is gone',
  'rate-limited': 'the webhook asked for patience',
  'timeout-connect': 'no connection in time',
  'timeout-response': 'no answer in time',
  connection: 'the connection broke',
  dns: 'the name is not known',
  tls: 'no trusted connection',
};

/** Why attempts fail, in words. @param {string} reason */
export function wordsOf(reason) {
  return REASONS[reason] ?? reason;
}

/** @param {Pick<Attempt, 'status' | 'reason' | 'detail' | 'redirectHost'>} attempt */
export function why({ status, reason, detail, redirectHost }) {
  const words = reason === undefined ? '' : wordsOf(reason);
  return [status, words, detail, redirectHost && `to ${redirectHost}`]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

/** Short, for a row. @param {Attempt | undefined} attempt */
export function shortWhy(attempt) {
  if (attempt?.status !== undefined) return String(attempt.status);
  return (
    attempt?.reason?.replace('timeout-response', 'no answer').replace('timeout-connect', 'no connection') ??
    ''
  );
}
