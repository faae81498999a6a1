import * as z from 'zod/mini';
import { type Auth0Connection, connectionKeys, connectionOf, credentialFaults } from './auth0-connection.ts';
import { type BodySettings, bodyKeys, bodyWarnings } from './body-settings.ts';
import { filterWarnings } from './filter-lists.ts';
import { type FilterSettings, filterKeys } from './filter-settings.ts';
import { optional, type Parsed, parseSettings, wholeNumberFrom } from './setting.ts';
import { type StartFrom, startFrom } from './start-from.ts';

/** Settings from the secret `<name>/auth0`. */
export interface Auth0Settings {
  readonly connection: Auth0Connection;
  readonly filter: FilterSettings;
  readonly body: BodySettings;
  readonly startFrom: StartFrom;
  /** Log events younger than this wait, as one with a smaller id may still appear. */
  readonly settleSeconds: number;
  /** How many days Auth0 keeps the log. */
  readonly retentionDays: number;
}

const keys = z.object({
  ...connectionKeys,
  ...filterKeys,
  START_FROM: optional(
    '"latest", "earliest", an ISO time such as "2026-11-23T09:00:00Z", or a log_id (56 digits)',
    startFrom,
    { kind: 'latest' },
  ),
  SETTLE_SECONDS: optional('a whole number of seconds from 0 to 300', wholeNumberFrom(0, 300), 5),
  AUTH0_LOG_RETENTION_DAYS: optional('a whole number of days from 1 to 365', wholeNumberFrom(1, 365), 1),
  ...bodyKeys,
});

/** Every key that the secret may have. */
export const AUTH0_KEYS: readonly string[] = Object.keys(keys.shape);

const schema = z.pipe(
  keys,
  z.transform(
    (key): Auth0Settings => ({
      connection: connectionOf(key),
      filter: {
        endpoints: key.AUTH0_API_ENDPOINTS,
        methods: key.AUTH0_API_METHODS,
        logTypes: key.AUTH0_LOG_TYPES,
        // What our own application does is never an event. A receiver that answers such an event
        // with a call to Auth0 would loop.
        excludedClients: [...key.AUTH0_EXCLUDE_CLIENTS, key.AUTH0_CLIENT_ID],
      },
      body: { payload: key.PAYLOAD, redact: key.REDACT },
      startFrom: key.START_FROM,
      settleSeconds: key.SETTLE_SECONDS,
      retentionDays: key.AUTH0_LOG_RETENTION_DAYS,
    }),
  ),
);

/** Parses the secret `<name>/auth0`, and names every fault. */
export function parseAuth0Settings(secret: string): Parsed<Auth0Settings> {
  return parseSettings(secret, schema, {
    keys: AUTH0_KEYS,
    disagreements: credentialFaults,
    oddities: (values) => [...filterWarnings(values), ...bodyWarnings(values)],
  });
}
