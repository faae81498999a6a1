import { expect, it } from 'vitest';
import { userChange } from '../system/events.ts';
import { createWorld, start, until } from '../system/local-run.ts';
import { commandLine } from './support/command-line.ts';

it('verify accounts for events that went in company, and for the one that was refused', async () => {
  const world = await createWorld();
  world.receiver.respond = ({ body }) =>
    JSON.stringify(body).includes('auth0|13') ? { status: 500 } : undefined;
  start(world, ['--poll-seconds', '1', '--retry-window', '1'], {
    SETTLE_SECONDS: '0',
    SEND_AS_BATCH: 'true',
  });
  const date = new Date(Date.now() - 60_000).toISOString();
  const ids = world.tenant.append(Array.from({ length: 30 }, (_, user) => userChange(user, date, 30)));
  const run = (...args: string[]) => commandLine([...args, '--local', '--data', world.data]);
  const span = ['--since', '1h', '--until', '1s'];
  const verified = () => run('verify', ...span, '--json').then(({ output }) => JSON.parse(output || '{}'));
  await until(() => world.seen.some(({ status }) => status === 204));

  await expect.poll(verified, { timeout: 40_000, interval: 500 }).toMatchObject({ delivered: 29, dead: 1 });

  const words = await run('verify', ...span);
  const shown = await run('events', 'show', ids[13] ?? '');
  await run('dismiss', ids[13] ?? '', '--yes', '--reason-text', 'refused in company and alone');
  const after = await verified();

  expect(words.output).toMatch(/ 29 {2}delivered[\s\S]* 1 {2}dead-lettered[\s\S]*✓ nothing is missing/);
  expect(shown.output).toMatch(/: dead-lettered/);
  expect(after).toMatchObject({ events: 30, delivered: 29, dead: 0, dismissed: 1, missing: 0 });
  expect((await run('events', 'show', ids[13] ?? '')).output).toMatch(/: refused in company and alone$/);
}, 90_000);
