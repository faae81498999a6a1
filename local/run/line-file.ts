import { openSync, statSync, writeSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { onKept } from '../services/kept.ts';

/**
 * Size of a file at most: a day of a busy laptop. Lines that are older than two such files are of
 * no use.
 */
const LARGEST_BYTES = 20 * 1024 * 1024;

export interface LineFile {
  write(functionName: string, text: string): void;
}

/**
 * Keeps the JSON lines that the functions print, for the command line's `logs`, `verify` and
 * `events show`. They hold no payloads. When the file has grown large a new one is begun, and one
 * former file stays beside it. Each line is written on the spot: that is a quarter of the work of
 * waking a thread for it, and a run that is killed leaves them all.
 */
export async function openLineFile(path: string): Promise<LineFile> {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > LARGEST_BYTES) await rename(path, formerLineFile(path));
  const file = await onKept('The log of the functions', path, () => openSync(path, 'a', 0o600));
  return {
    write(functionName, text) {
      if (!text.startsWith('{')) return;
      try {
        writeSync(file, `${functionName}\t${text}\n`);
      } catch {
        // A full disk must not end the run: the ledger's own writes tell of it.
      }
    },
  };
}

export function formerLineFile(path: string): string {
  return `${path}.1`;
}
