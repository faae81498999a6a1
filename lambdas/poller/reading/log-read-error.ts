import { field } from '../../shared/log-event.ts';

export type LogReadReason =
  | 'auth0.credentials'
  | 'auth0.scope'
  | 'auth0.token'
  | 'auth0.token-quota'
  | 'auth0.rate-limit'
  | 'auth0.request'
  | 'auth0.unavailable'
  | 'auth0.position'
  | 'auth0.tenant';

interface Details {
  readonly status?: number;
  /** Epoch milliseconds, with `auth0.rate-limit` and `auth0.token-quota`. */
  readonly retryAt?: number;
  /** True when there was no whole answer in the time that it was given. */
  readonly timedOut?: boolean;
  readonly cause?: unknown;
}

/**
 * Auth0's log could not be read. The message says what to check, and never repeats the words of
 * Auth0 or of a library.
 */
export class LogReadError extends Error {
  readonly reason: LogReadReason;
  readonly status: number | undefined;
  readonly retryAt: number | undefined;
  readonly timedOut: boolean;

  constructor(reason: LogReadReason, message: string, details: Details = {}) {
    const { status, retryAt, timedOut = false, cause } = details;
    super(message, { cause });
    this.name = 'LogReadError';
    this.reason = reason;
    this.status = status;
    this.retryAt = retryAt;
    this.timedOut = timedOut;
  }

  static ofRateLimit(retryAt: number): LogReadError {
    return new LogReadError('auth0.rate-limit', "Auth0's rate limit is reached", { status: 429, retryAt });
  }

  /** The quota of tokens of one application, by the hour and the day. */
  static ofTokenQuota(retryAt: number, cause?: unknown): LogReadError {
    return new LogReadError(
      'auth0.token-quota',
      "Auth0 gives no more tokens for now (429): the token quota of AUTH0_CLIENT_ID's application is used up. One token a day is enough for this app: see who else fetches tokens as that application",
      { status: 429, retryAt, cause },
    );
  }

  static ofStatus(status: number): LogReadError {
    switch (status) {
      case 401:
        return new LogReadError(
          'auth0.token',
          "Auth0 refused a fresh token (401): check that AUTH0_DOMAIN is the tenant's own domain and that the application of AUTH0_CLIENT_ID may use the Management API",
          { status },
        );
      case 403:
        return new LogReadError(
          'auth0.scope',
          'Auth0 refused to show the log (403): grant the scope read:logs to the application of AUTH0_CLIENT_ID; if it has it, look for an access-control rule of the tenant that refuses this address',
          { status },
        );
      case 400:
        return new LogReadError(
          'auth0.request',
          'Auth0 refused the request for the log (400): check START_FROM, or rewind to a log_id that the tenant knows',
          { status },
        );
      case 404:
        return new LogReadError('auth0.request', 'Auth0 has no log there (404): check AUTH0_DOMAIN', {
          status,
        });
      default:
        return new LogReadError('auth0.unavailable', `Auth0 answered ${status}`, { status });
    }
  }

  /** Made of what `createManagementAuth` threw, whose own message may hold Auth0's answer. */
  static ofToken(cause: unknown): LogReadError {
    const status = field(cause, 'statusCode');
    if (status === 429)
      return new LogReadError('auth0.token-quota', 'Auth0 gives no more tokens for now', { status, cause });
    // The host is an alias of the tenant's, such as a custom domain, and issues no tokens for an
    // audience of that name.
    const said403 = field(cause, 'body', 'error_description');
    if (
      status === 403 &&
      typeof said403 === 'string' &&
      said403.startsWith('Service not enabled within domain')
    ) {
      return new LogReadError(
        'auth0.credentials',
        "Auth0 has no Management API of the name that was asked for (403): set AUTH0_DOMAIN to the tenant's own domain (such as example.eu.auth0.com, not a custom domain), or set AUTH0_AUDIENCE beside it to https://<the tenant's own domain>/api/v2/",
        { status, cause },
      );
    }
    if (status === 400 || status === 401 || status === 403) {
      return new LogReadError(
        'auth0.credentials',
        `Auth0 refused the credentials (${status}): check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET (or AUTH0_PRIVATE_KEY and that its public key is the application's), and that the application is authorised for the Management API`,
        { status, cause },
      );
    }
    const said = typeof status === 'number' ? `answered ${status}` : 'did not answer';
    return new LogReadError(
      'auth0.unavailable',
      `Auth0 ${said} when asked for a token: check AUTH0_DOMAIN if this stays`,
      { cause },
    );
  }
}
