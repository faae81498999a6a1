import { expect, it } from 'vitest';
import { createWorld, start } from '../system/local-run.ts';
import { commandLine, type Ended } from './support/command-line.ts';

it('doctor names the scope that the token lacks, then the credentials that are refused', async () => {
  const world = await createWorld({ scope: 'read:users' });
  start(world, ['--poll-seconds', '1']);
  const run = (...args: string[]) => commandLine([...args, '--local', '--data', world.data]);
  await untilRunning(() => run('settings', 'check'));

  const scope = await run('doctor');
  const status = await run('status');
  await run('settings', 'set', 'AUTH0_CLIENT_SECRET=another', '--yes');
  const credentials = await run('doctor');

  expect(scope.output).toMatch(
    /✗ Auth0's log cannot be read\n {2}→ .*grant the scope read:logs.*auth0\.scope/,
  );
  expect(scope.output).not.toMatch(/✓ Auth0 gives a token that may read the log/);
  expect(scope.code).toBe(1);
  expect(status.output).toMatch(/read:logs/);
  expect(credentials.output).toMatch(/refused the credentials.*AUTH0_CLIENT_SECRET.*auth0\.credentials/);
  expect(credentials.output).not.toContain('another');
}, 60_000);

async function untilRunning(look: () => Promise<Ended>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await look()).code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error('the run did not start');
}
