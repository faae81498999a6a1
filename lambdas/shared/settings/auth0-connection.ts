import { required } from './setting.ts';

/** Whose log is read, and as whom. */
export interface Auth0Connection {
  /** Host, and port where it is not 443. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const connectionKeys = {
  AUTH0_DOMAIN: required('the tenant\'s host name, such as "example.eu.auth0.com"', domain),
  AUTH0_CLIENT_ID: required(
    'the client id of a machine-to-machine application with the scope read:logs',
    visible,
  ),
  AUTH0_CLIENT_SECRET: required('the client secret of that application', visible),
};

function visible(value: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(value) ? value : undefined;
}

/** People paste the address of the tenant: the scheme and a final slash are dropped. */
function domain(value: string): string | undefined {
  const host = value.replace(/^https:\/\//i, '').replace(/\/$/, '');
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(host) && URL.canParse(`https://${host}`)
    ? host.toLowerCase()
    : undefined;
}
