import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parsesAsCommand } from '../monitoring/support/parses-as-command.ts';
import { DOCUMENTS } from './documents.ts';

/** Words of a command as a shell takes them, without what redirects its output. */
function words(command: string): readonly string[] {
  const [typed = ''] = command.split(/ [>|] /);
  return (typed.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []).map((word) => word.replace(/['"]/g, ''));
}

const COMMAND = /npx auth0-webhooks +([^`\n]+)/g;

/** What is typed in running text and in blocks of every document. */
const typed = DOCUMENTS.flatMap((document) =>
  [...readFileSync(document, 'utf8').matchAll(COMMAND)].map(
    ([, command = '']) => [document, command.trim()] as const,
  ),
).filter(([, command]) => !command.startsWith('--help'));

it('there are commands in the documents', () => {
  expect(typed.length).toBeGreaterThan(50);
});

it.each([...new Map(typed.map((one) => [one.join(' '), one])).values()])(
  '%s: the command line takes npx auth0-webhooks %s',
  async (_, command) => {
    await expect(parsesAsCommand(words(command))).resolves.toBe('');
  },
);

it('every script of npm that a document names is there', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));

  const named = DOCUMENTS.flatMap((document) =>
    [...readFileSync(document, 'utf8').matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script),
  );

  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((script) => !Object.hasOwn(scripts, script.replace(/:$/, '')))).toEqual([]);
});
