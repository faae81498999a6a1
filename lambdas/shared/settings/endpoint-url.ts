/**
 * Parses a URL that can be called: https or http, without user name or fragment. Undefined for any
 * other text.
 */
export function endpointUrl(value: string): URL | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
  return isHttp && url.username === '' && url.password === '' && url.hash === '' ? url : undefined;
}

const EXPECTED = 'an https URL without user name or fragment';
const HOST_AND_PATH =
  /^(localhost|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=:\d))(:\d{1,5})?((?:\/[^\s?#]*)?)(?:\?[^\s#]*)?$/i;
/** A path that a person would type. Anything else may be a token. */
const PLAIN_PATH = /^(\/[a-z_-]{0,20}){0,4}$/;
/** Hosts without a certificate: this machine and private addresses. */
const LOCAL = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|[\w-]+$)/i;

/**
 * Says what is wrong with a text that is no such URL. Where only the scheme is missing it says what
 * was probably meant, with host and port. It shows the path only if no token can be in it.
 */
export function expectedUrl(value: string): string {
  const [, host, port = '', path = ''] = HOST_AND_PATH.exec(value) ?? [];
  if (host === undefined || !URL.canParse(`https://${host}${port}/`)) return EXPECTED;
  const scheme = LOCAL.test(host) ? 'http' : 'https';
  const shown = PLAIN_PATH.test(path) ? path : '/…';
  return `${EXPECTED}; this one has no scheme, did you mean ${scheme}://${host}${port}${shown}?`;
}
