/** The keys of the secret `<name>/auth0` (DESIGN §5); a test compares them with the parser's. */
export const AUTH0_KEYS = [
  'AUTH0_DOMAIN',
  'AUTH0_CLIENT_ID',
  'AUTH0_CLIENT_SECRET',
  'AUTH0_API_ENDPOINTS',
  'AUTH0_API_METHODS',
  'AUTH0_LOG_TYPES',
  'AUTH0_EXCLUDE_CLIENTS',
  'START_FROM',
  'SETTLE_SECONDS',
  'AUTH0_LOG_RETENTION_DAYS',
  'PAYLOAD',
  'REDACT',
] as const;

/** The keys of the secret `<name>/webhook`. */
export const WEBHOOK_KEYS = [
  'WEBHOOK_URL',
  'WEBHOOK_ALLOW_HTTP',
  'WEBHOOK_ALLOW_PRIVATE',
  'WEBHOOK_AUTHORIZATION',
  'WEBHOOK_HEADERS',
  'WEBHOOK_SIGNING_SECRET',
  'WEBHOOK_TIMEOUT_SECONDS',
  'SEND_AS_BATCH',
  'WEBHOOK_CA',
  'WEBHOOK_CLIENT_CERT',
  'WEBHOOK_CLIENT_KEY',
] as const;
