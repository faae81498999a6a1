import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandLine } from '../cli/support/command-line.ts';
import { userChange } from '../system/events.ts';
import { createWorld, start, until, type World } from '../system/local-run.ts';
import { RUNBOOK, shellBlocks } from './support/runbook.ts';

/** What the runbook has people type of the command line, each once. */
const TYPED = new Set(
  shellBlocks(RUNBOOK).flatMap((block) =>
    [...block.matchAll(/^npx auth0-webhooks (.*)$/gm)].map(([, typed]) => typed ?? ''),
  ),
);

const ends: (() => void | Promise<void>)[] = [];
let world: World;
let dead = '';

/**
 * Starts a run on this machine with events that were delivered, and one on the dead-letter queue.
 */
beforeAll(async () => {
  world = await createWorld({ history: 0 }, (end) => ends.push(end));
  world.receiver.respond = ({ body }) =>
    /auth0\|9/.test(JSON.stringify(body)) ? { status: 500 } : undefined;
  start(world, ['--poll-seconds', '1', '--retry-window', '1'], { SETTLE_SECONDS: '0' });
  for (const user of [1, 2, 9]) {
    dead = world.tenant.append([userChange(user, new Date(Date.now() - 60_000).toISOString(), 100)])[0] ?? '';
  }
  await until(() => world.seen.length >= 3);
  for (let listed = ''; !listed.includes(dead); )
    ({ output: listed } = await run(['events', 'list', '--dead']));
}, 60_000);

afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

const run = (words: readonly string[], answer = true) =>
  commandLine([...words, '--local', '--data', world.data], {
    answers: [answer, answer],
    input: unseen[words.at(-1) ?? ''] ?? 'a-client-secret',
  });

/** What is typed for the key that a command asks for. */
const unseen: Readonly<Record<string, string>> = {
  AUTH0_DOMAIN: 'other.eu.auth0.com',
  AUTH0_LOG_RETENTION_DAYS: '30',
  WEBHOOK_URL: 'https://example.com/hook',
};

/** Splits as a shell does, and fills in the places that the reader has to fill in. */
function wordsOf(typed: string): readonly string[] {
  const filled = typed.replaceAll('LOG_ID', dead).replaceAll('FROM', '1h');
  return [...filled.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

it.each([...TYPED])('npx auth0-webhooks %s', async (typed) => {
  // Changes of settings are shown and then declined, or the run would lose its tenant.
  const { code, output, errors } = await run(wordsOf(typed), !typed.startsWith('settings'));

  // 1 where something is wrong, as with a dead letter; 2 would be a command that is not taken.
  expect(code === 2 ? errors : '').toBe('');
  expect(`${output}${errors}`).not.toBe('');
  expect(`${output}${errors}`).not.toMatch(/\n\s+at /);
});
