import { appendFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formerLineFile } from '../../local/run/line-file.ts';
import type { LineQuery, LoggedLine } from './connection.ts';
import { matchesQuery, parseLogged } from './logged-line.ts';

interface Names {
  readonly poller: string;
  readonly deliverer: string;
}

const LOOK_EVERY_MS = 250;

/** Past lines of the run on this machine, oldest first. */
export async function* searchFile(
  folder: string,
  names: Names,
  query: LineQuery,
): AsyncGenerator<LoggedLine> {
  const path = pathIn(folder);
  for (const file of [formerLineFile(path), path]) {
    const opened = await open(file, 'r').catch(() => undefined);
    if (!opened) continue; // no function has printed anything yet
    try {
      for await (const row of opened.readLines()) {
        const line = parsed(row, names);
        if (line && matchesQuery(line, query)) yield line;
      }
    } finally {
      await opened.close();
    }
  }
}

/** Each write goes to the end, so that none of the run's own lines is overwritten. */
export async function appendToFile(
  folder: string,
  { deliverer }: Names,
  lines: readonly string[],
): Promise<void> {
  const text = lines.map((line) => `${deliverer}\t${line}\n`).join('');
  await appendFile(pathIn(folder), text, { mode: 0o600 });
}

/** New lines as they are written, until the signal. */
export async function* followFile(
  folder: string,
  names: Names,
  signal: AbortSignal,
): AsyncGenerator<LoggedLine> {
  const file = await open(pathIn(folder), 'r');
  try {
    let position = (await file.stat()).size;
    let rest = '';
    while (!signal.aborted) {
      const { size } = await file.stat();
      if (size > position) {
        const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - position), position });
        position += bytesRead;
        const rows = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
        rest = rows.pop() ?? '';
        for (const row of rows) {
          const line = parsed(row, names);
          if (line) yield line;
        }
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    await file.close();
  }
}

function parsed(row: string, { poller }: Names): LoggedLine | undefined {
  const at = row.indexOf('\t');
  if (at === -1) return undefined;
  return parseLogged(row.slice(0, at) === poller ? 'poller' : 'deliverer', row.slice(at + 1), Date.now());
}

function pathIn(folder: string): string {
  return join(folder, 'lines.log');
}
