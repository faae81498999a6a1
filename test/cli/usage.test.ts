import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands/definitions.ts';
import { createProgram } from '../../cli/program.ts';
import { reference } from '../../cli/reference.ts';
import { commandLine } from './support/command-line.ts';
import { silentTerminal } from './support/silent-terminal.ts';

const NAMES = COMMANDS.map(({ group, name }) => [...(group ? [group[0]] : []), name]);

it('docs/cli.md is what the parser says', async () => {
  const program = createProgram({ terminal: silentTerminal(), env: {}, now: Date.now }, () => {});

  const written = await readFile('docs/cli.md', 'utf8');

  expect(written).toBe(reference(program));
});

it.each(NAMES)('%s %s has help with an example', async (...names) => {
  const { code, output } = await commandLine([...names.filter((name) => name !== undefined), '--help']);

  expect(code).toBe(0);
  expect(output).toMatch(/Example:\n {2}auth0-webhooks /);
});

it.each(COMMANDS)('the body of $name can be loaded', async ({ load }) => {
  const module = await load();

  expect(module.run).toBeTypeOf('function');
});

const MISTAKES: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['an unknown command', ['statsu'], /unknown command 'statsu'[\s\S]*Did you mean status\?/],
  ['an unknown option', ['status', '--wacth'], /unknown option '--wacth'/],
  ['no choice of dead letters', ['redrive'], /say which: log_ids, --resource/],
  ['all of them and some', ['dismiss', '--all', '--reason', 'gone'], /leave out either/],
  ['a pause without a reason', ['pause', 'polls'], /say why by --reason/],
  ['a rewind to nowhere', ['rewind'], /give either --to POSITION or --undo/],
  ['a time that is none', ['logs', '--since', 'yesterday'], /--since is "yesterday": give a time such as/],
  ['a time without its zone', ['export', '--since', '2026-11-23T09:00:00'], /give a time such as/],
  ['no time at all', ['verify'], /say since when/],
  [
    'an end before the beginning',
    ['verify', '--since', '1h', '--until', '2h'],
    /--until is not after --since/,
  ],
  [
    'an unknown setting',
    ['settings', 'set', 'AUTH0_API_ENDPOINT=users'],
    /did you mean AUTH0_API_ENDPOINTS\?/,
  ],
  ['a limit that is no number', ['events', 'list', '--limit', 'many'], /--limit is "many"/],
  ['data without a local run', ['status', '--data', 'here'], /give --local with it/],
  ['a thing that cannot be opened', ['open', 'dashbord'], /did you mean dashboard\?/],
  ['a secret that is none of ours', ['settings', 'edit', 'auth'], /give auth0 or webhook/],
  ['log_ids and a time', ['events', 'resend', '1', '--since', '1h'], /either log_ids or --since/],
];

it.each(MISTAKES)('%s is told and ends with 2', async (_, args, message) => {
  const { code, output, errors } = await commandLine(args);

  expect(errors).toMatch(message);
  expect(errors).not.toMatch(/\n\s+at /);
  expect({ code, output }).toEqual({ code: 2, output: '' });
});

it('no local run is told and ends with 1', async () => {
  const { code, errors } = await commandLine(['status', '--local', '--data', 'nowhere']);

  expect(errors).toBe('error: no local run goes on in nowhere: start one by `npm start`');
  expect(code).toBe(1);
});
