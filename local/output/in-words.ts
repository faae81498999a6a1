import { field, textField } from '../../lambdas/shared/log-event.ts';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';

const VERBS: Readonly<Record<string, string>> = {
  post: 'created',
  patch: 'changed',
  put: 'set',
  delete: 'deleted',
  get: 'read',
};
/** Verbs for what is done to a part of something that exists. */
const PART_VERBS: Readonly<Record<string, string>> = { ...VERBS, post: 'added', delete: 'removed' };

/** The name of a thing. Any other segment of a path is an id. */
const NAME = /^[a-z][a-z-]*$/;

/**
 * Says what happened by verb and path, such as `user deleted` or `user: roles added`. For an event
 * without a request it has Auth0's own words.
 *
 * @param body what is POSTed, or a part of it
 */
export function inWords(body: string): string {
  const event = jsonOrUndefined(body);
  const method = textField(event, 'request', 'method')?.toLowerCase() ?? '';
  const path = textField(event, 'request', 'path') ?? '';
  const segments = path
    .replace(/^\/?api\/v2\//, '')
    .split(/[/?]/)
    .filter((part) => part !== '');
  const [main] = segments;
  if (method === '' || main === undefined || field(event, 'type') === 'test') {
    return textField(event, 'description') ?? textField(event, 'type') ?? 'event';
  }
  const names = segments.slice(1).filter((part) => NAME.test(part));
  const hasId = segments.length > 1 + names.length;
  if (names.length > 0 && hasId)
    return `${singular(main)}: ${names.map(spaced).join(' ')} ${PART_VERBS[method] ?? method}`;
  return `${[singular(main), ...names.map(spaced)].join(' ')} ${VERBS[method] ?? method}`;
}

function singular(name: string): string {
  const word = spaced(name);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function spaced(name: string): string {
  return name.replaceAll('-', ' ');
}

const LONGEST = 30;

/**
 * The resource without its kind, which the words have already. Of a long id it keeps both ends,
 * which tell it apart.
 */
export function shortResource(resource: string): string {
  const [, id = resource] = /^[^/]+\/(.+)$/.exec(resource) ?? [];
  return id.length <= LONGEST ? id : `${id.slice(0, 17)}…${id.slice(-12)}`;
}
