import type { Terminal } from './terminal/terminal.ts';

/**
 * Calls `act` at the first Ctrl-C. The second ends the program at once, as one does by default.
 * @returns a function that stops listening
 */
export function onInterrupt(act: () => void): () => void {
  process.once('SIGINT', act);
  return () => {
    process.off('SIGINT', act);
  };
}

/** Runs work that ends early, and well, at the first Ctrl-C. */
export async function interruptible<T>(
  { note }: Pick<Terminal, 'note'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const forget = onInterrupt(() => {
    note('Stopping once what is under way is done; Ctrl-C again ends it at once.');
    stop.abort();
  });
  return await work(stop.signal).finally(forget);
}
