import { Command } from 'commander';
import { VERSION } from '../lambdas/shared/version.ts';
import type { Definition } from './commands/definition.ts';
import { COMMANDS } from './commands/definitions.ts';
import type { CommandModule, Outside } from './context.ts';
import type { ExitCode } from './errors.ts';

/**
 * Builds the command line. A command's body is loaded when the command runs, so that `--help` is
 * fast.
 */
export function createProgram(outside: Outside, onEnd: (code: ExitCode) => void): Command {
  const program = new Command('auth0-webhooks')
    .description(
      "Operates webhooks for Auth0's Management API: those of a deployed stack, or of the run on this machine (--local).",
    )
    .version(VERSION)
    .option('--name <name>', 'the webhook, if it is not the one of cdk.json')
    .option('--region <region>', 'AWS region of its stack')
    .option('--profile <profile>', 'AWS profile')
    .option('--local', 'the run on this machine (npm start) instead of a stack')
    .option('--data <folder>', 'with --local: the data of that run')
    .option(
      '--json',
      'results as JSON: one object; one a line where there are many (logs, export, status --watch)',
    )
    .option('--yes', 'asks nothing')
    .configureOutput({
      writeOut: (text) => outside.terminal.print(text.trimEnd()),
      writeErr: (text) => outside.terminal.note(text.trimEnd()),
    })
    .showHelpAfterError('(add --help for what there is)')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();

  const groups = new Map<string, Command>();
  for (const definition of COMMANDS) {
    const parent = definition.group ? groupOf(program, groups, definition.group) : program;
    addCommand(parent, definition, async (module, args, options) => {
      const { globalOptions } = await import('./global-options.ts');
      onEnd(await module.run({ ...outside, global: globalOptions.parse(program.opts()) }, args, options));
    });
  }
  return program;
}

type Act = (module: CommandModule, args: readonly string[], options: unknown) => Promise<void>;

function addCommand(parent: Command, definition: Definition, act: Act): void {
  const command = parent
    .command(definition.name)
    .description(definition.description)
    .addHelpText('after', `\nExample:\n  ${definition.example}`)
    .exitOverride();
  for (const [flags, description] of definition.args ?? []) command.argument(flags, description);
  for (const [flags, description, value] of definition.options ?? [])
    command.option(flags, description, value);
  command.action(async (...received: unknown[]) => {
    await act(await definition.load(), command.args, command.opts());
    void received;
  });
}

function groupOf(
  program: Command,
  groups: Map<string, Command>,
  [name, description]: readonly [string, string],
): Command {
  const known = groups.get(name);
  if (known) return known;
  const group = program.command(name).description(description).exitOverride();
  groups.set(name, group);
  return group;
}
