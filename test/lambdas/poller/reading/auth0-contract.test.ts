import { LogsClient } from 'auth0/logs';
import { createManagementAuth } from 'auth0/management';
import { expect, it } from 'vitest';
import { logEvent } from '../../../support/log-event.ts';

/**
 * This holds until the package's `logs.list` has checkpoint mode (docs/log-api.md). When it fails,
 * log-client.ts can do without its own fetch.
 */
it('logs.list of the installed auth0 drops `from` and `take`', async () => {
  const asked: URL[] = [];
  const recorded: typeof fetch = async (input) => {
    asked.push(new URL(input instanceof Request ? input.url : input));
    return Response.json([logEvent()]);
  };
  const auth = createManagementAuth({ domain: 'example.auth0.com', token: 'token', telemetry: false });
  const logs = new LogsClient({ ...auth.clientOptions, fetch: recorded });
  const checkpoint: object = { from: '900', take: 100 };
  const page = await logs.list(checkpoint);

  expect(asked.map(({ searchParams }) => [searchParams.has('from'), searchParams.has('take')])).toEqual([
    [false, false],
  ]);
  expect(page.data).toEqual([]);
});
