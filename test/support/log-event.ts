/** When the logs of the tests begin: 2026-11-23 09:00 UTC. */
export const T0 = Date.UTC(2026, 10, 23, 9, 0, 0);

/** Makes a log_id as Auth0 does, ingested at `time` (epoch milliseconds). */
export function logIdAt(time: number, sequence = 0, prefix = '900'): string {
  const digits = new Date(time).toISOString().replace(/\D/g, '');
  return `${prefix}${digits}000${'0'.repeat(14)}${1_223_372_036_854_775_808n + BigInt(sequence)}`;
}

export interface LogEventShape {
  /** Time of ingestion, epoch milliseconds. */
  readonly time?: number;
  readonly sequence?: number;
  readonly prefix?: string;
  readonly type?: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
  readonly response?: unknown;
  readonly clientId?: string;
  /** Fields that replace those of the finished event. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Makes a log event as the API answers it. By default a dashboard user changes a user. */
export function logEvent(shape: LogEventShape = {}): Record<string, unknown> {
  const { time = T0, sequence = 0, prefix = '900', type = 'sapi', clientId = 'dashboard' } = shape;
  const {
    method = 'patch',
    path = '/api/v2/users/auth0%7C1',
    body = { blocked: true },
    response = {},
  } = shape;
  const id = logIdAt(time, sequence, prefix);
  return {
    date: new Date(time - 70).toISOString(),
    type,
    description: 'Update a User',
    client_id: clientId,
    client_name: '',
    ip: '203.0.113.7',
    user_id: 'auth0|admin',
    log_id: id,
    _id: id,
    details: {
      request: { method, path, query: {}, body, channel: 'https://manage.auth0.com/', auth: { user: {} } },
      response: { statusCode: 200, body: response },
    },
    ...shape.fields,
  };
}

/** Makes `count` changes, a second apart, of users that take turns: `auth0|0`, `auth0|1`, … */
export function userEvents(count: number, users = 7, from = T0): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) =>
    logEvent({
      time: from + index * 1_000,
      sequence: index,
      path: `/api/v2/users/auth0%7C${index % users}`,
      body: { nickname: `change ${index}` },
    }),
  );
}
