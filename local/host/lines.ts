import type { Readable } from 'node:stream';

/**
 * The longest line; a longer one is cut, so that a function cannot fill the host's memory.
 * CloudWatch's limit of a log event is 1 MiB.
 */
const LONGEST_LINE = 1024 * 1024;

/**
 * Calls back with each line of the stream without its end, and with an unfinished one when the
 * stream ends.
 */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = chunk.split('\n');
    lines[0] = rest + lines[0];
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const line of lines) onLine(line.slice(0, LONGEST_LINE));
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  stream.on('error', () => {}); // the process died; its exit tells
}
