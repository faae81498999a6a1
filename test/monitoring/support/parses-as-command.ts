import type { Command } from 'commander';
import { createProgram } from '../../../cli/program.ts';
import { silentTerminal } from '../../cli/support/silent-terminal.ts';

/**
 * Throws what the command line says about words that it does not take. It does nothing that they
 * ask for.
 */
export async function parsesAsCommand(words: readonly string[]): Promise<string> {
  const program = createProgram({ terminal: silentTerminal(), env: {}, now: Date.now }, () => {});
  withoutActions(program);
  await program.parseAsync([...words], { from: 'user' });
  return '';
}

function withoutActions(command: Command): void {
  for (const child of command.commands) {
    if (child.commands.length === 0) child.action(() => {});
    else withoutActions(child);
  }
}
