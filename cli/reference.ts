import type { Command, Option } from 'commander';
import { COMMANDS } from './commands/definitions.ts';

/**
 * Makes docs/cli.md from the parser, so that it describes no option that the parser does not take.
 */
export function reference(program: Command): string {
  return [
    '# Command line',
    '',
    'Made from the parser by `npm run docs:cli`; a test compares them.',
    '',
    ...wrapped(program.description()),
    '',
    '```sh',
    'npx auth0-webhooks --help',
    '```',
    '',
    'A command ends with 0 when all is well, with 1 when something is wrong, and with 2 when the command',
    'line makes no sense. `--json` prints one object on standard output; what is said to people goes to',
    'standard error. A command that changes something shows what it will do and asks, unless `--yes` is',
    'given; without a terminal it wants `--yes`.',
    '',
    'Every command takes:',
    '',
    ...optionTable(program.options),
    '',
    ...COMMANDS.flatMap((definition) => {
      const parent = definition.group ? found(program, definition.group[0]) : program;
      const command = found(parent, definition.name);
      return section(
        command,
        [...(definition.group ? [definition.group[0]] : []), definition.name],
        definition.example,
      );
    }),
  ].join('\n');
}

function section(command: Command, names: readonly string[], example: string): readonly string[] {
  const usage = command.usage().replace('[options] ', '').replace('[options]', '').trim();
  const args = command.registeredArguments.map(
    (argument) => `- \`${argument.name()}\`: ${argument.description}`,
  );
  return [
    `## ${names.join(' ')}`,
    '',
    ...wrapped(sentence(command.description())),
    '',
    ...(usage === '' ? [] : [`Arguments: \`${usage}\``, '', ...args, '']),
    ...(command.options.length === 0 ? [] : [...optionTable(command.options), '']),
    '```sh',
    `npx ${example}`,
    '```',
    '',
  ];
}

function optionTable(options: readonly Option[]): readonly string[] {
  return [
    '| Option | Means |',
    '|---|---|',
    ...options.map(
      ({ flags, description, defaultValue }) =>
        `| \`${flags}\` | ${description.replaceAll('|', '\\|')}${defaultValue === undefined ? '' : ` (default \`${defaultValue}\`)`} |`,
    ),
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function found(parent: Command, name: string): Command {
  const command = parent.commands.find((one) => one.name() === name);
  if (!command) throw new Error(`the parser has no command ${name}`);
  return command;
}

/** Width of the document, in columns. */
const WIDTH = 100;

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
