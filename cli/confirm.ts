import type { Context } from './context.ts';
import { CliError } from './errors.ts';

/**
 * Shows what a command will do and asks for a yes. Where nobody can be asked, only `--yes` is one.
 * @returns false when the answer was no
 * @throws CliError when nobody can be asked and `--yes` is absent
 */
export async function confirm({ terminal, global }: Context, what: string): Promise<boolean> {
  terminal.note(what);
  if (global.yes === true) return true;
  if (!terminal.isInteractive)
    throw new CliError('nobody is here to be asked: repeat the command with --yes. Nothing was changed', 2);
  if (await terminal.ask('Go on?')) return true;
  terminal.note('Nothing was changed.');
  if (global.json === true) terminal.print(JSON.stringify({ changed: false }));
  return false;
}
