import type { Context } from './context.ts';
import { CliError } from './errors.ts';

/**
 * Shows what will be done and asks. Without a person to ask, `--yes` must say it.
 * @returns false when the answer was no
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
