import type { Context } from './context.ts';

/** Prints a command's result: as JSON with `--json`, else as lines for people. */
export function answer({ terminal, global }: Context, result: object, words: readonly string[]): void {
  if (global.json === true) terminal.print(JSON.stringify(result));
  else for (const line of words) terminal.print(line);
}
