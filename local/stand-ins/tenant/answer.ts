/** What an endpoint answers: a body that is sent as JSON, or as it is when it is text. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
};

/** The Management API's error body. */
export function apiError(status: number, message: string, errorCode?: string): Answer {
  const body = { statusCode: status, error: REASONS[status] ?? 'Internal Server Error', message };
  return { status, body: errorCode === undefined ? body : { ...body, errorCode } };
}

/** The Authentication API's error body (RFC 6749 §5.2). */
export function oauthError(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}
