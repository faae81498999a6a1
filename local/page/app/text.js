/** Words and figures as the page shows them. */

const VERBS = { post: 'created', patch: 'changed', put: 'set', delete: 'deleted', get: 'read' };

const TYPES = {
  ss: 'signed up',
  fs: 'failed to sign up',
  sdu: 'deleted',
  scp: 'changed the password',
  sce: 'changed the e-mail',
  scu: 'changed the name',
  sscim: 'changed by SCIM',
  test: 'test event',
};

/** What happened, in words: Auth0's own where it has some. */
export function happened({ type, method, path, description }) {
  if (method === '' || type !== 'sapi') return TYPES[type] ?? (description || type);
  return description || `${VERBS[method.toLowerCase()] ?? method} ${path.replace('/api/v2/', '')}`;
}

export function shortId(id) {
  return id.length > 20 ? `…${id.slice(-8)}` : id;
}

export function shortResource(resource) {
  return resource.length > 44 ? `${resource.slice(0, 26)}…${resource.slice(-14)}` : resource;
}

export function clock(at) {
  return new Date(at).toTimeString().slice(0, 8);
}

export function ago(at, now) {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3600)} h ago`;
}

export function until(at, now) {
  const seconds = Math.max(0, Math.ceil((at - now) / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export function figure(number) {
  return number.toLocaleString('en-US');
}

/** The time that stands in one of Auth0's ids. */
export function timeOfId(id) {
  const [, year, month, day, hour, minute, second] =
    /^\d{3}(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(id) ?? [];
  if (year === undefined) return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

const REASONS = {
  status: 'the webhook answered with an error',
  redirect: 'the webhook answered with a redirect',
  gone: 'the webhook is gone (410)',
  'rate-limited': 'the webhook asked for patience',
  'timeout-connect': 'no connection in time',
  'timeout-response': 'no answer in time',
  connection: 'the connection broke',
  dns: 'the name is not known',
  tls: 'no trusted connection',
};

export function why({ status, reason }) {
  const told = reason === undefined ? '' : (REASONS[reason] ?? reason);
  return [status, told].filter((part) => part !== undefined && part !== '').join(', ');
}
