import { createWriteStream, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';

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
 * former file stays beside it.
 */
export async function openLineFile(path: string): Promise<LineFile> {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > LARGEST_BYTES) await rename(path, formerLineFile(path));
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  stream.on('error', () => {}); // a full disk must not end the run: the ledger's own writes tell of it
  return {
    write(functionName, text) {
      if (text.startsWith('{')) stream.write(`${functionName}\t${text}\n`);
    },
  };
}

export function formerLineFile(path: string): string {
  return `${path}.1`;
}
