import type { Context } from './context.ts';

/** Prints a result: as JSON with `--json`, else in words. */
export function answer({ terminal, global }: Context, result: object, words: readonly string[]): void {
  if (global.json === true) terminal.print(JSON.stringify(result));
  else for (const line of words) terminal.print(line);
}
