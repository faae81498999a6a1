import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * What the old senders had and sent. We wrote it in the shape of what is published about them: the
 * webtask's README and code, the templates and the sender of the extension (repository
 * auth0-logs-to-provider), the sample call of its documentation page, and Auth0's schema of stream
 * payloads. Names, ids and secrets are made up.
 */
export type Sender = 'webtask' | 'extension' | 'log-stream';

const settings = z.record(z.string(), z.unknown());
const logEvents = z.array(z.record(z.string(), z.unknown()));
const calls = z.array(z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() }));

function recorded<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')));
}

/** A sender's settings, entries of Auth0's log, and the calls that it made for them. */
export function recordedOf(sender: Sender) {
  return {
    settings: recorded(`${sender}-settings`, settings),
    logEvents: recorded(`${sender}-log-events`, logEvents),
    calls: recorded(`${sender}-calls`, calls),
  };
}
