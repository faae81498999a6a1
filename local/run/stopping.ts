import type { Running } from './running.ts';

/** Says what is not finished when somebody wants to stop; undefined when nothing is. */
export function unfinished({ poller, deliverer }: Pick<Running, 'poller' | 'deliverer'>): string | undefined {
  const parts = [counted(poller.inFlight(), 'poll'), counted(deliverer.inFlight(), 'delivery invocation')];
  const unfinishedParts = parts.filter((part) => part !== undefined);
  return unfinishedParts.length === 0 ? undefined : unfinishedParts.join(' and ');
}

function counted(number: number, what: string): string | undefined {
  if (number === 0) return undefined;
  return number === 1 ? `one ${what}` : `${number} ${what}s`;
}

/** The line that is printed at the first Ctrl-C. */
export function stoppingLine(
  running: Pick<Running, 'poller' | 'deliverer'> | undefined,
  seconds: number,
): string {
  const waitsFor = running && unfinished(running);
  if (waitsFor === undefined) return 'Stopping.';
  return `Stopping when ${waitsFor} in flight ended, after ${seconds} s at the latest (Ctrl-C again: at once).`;
}
