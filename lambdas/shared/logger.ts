import type { SettingFault } from './settings/setting-fault.ts';

/**
 * What a log line may hold: ids, names, numbers. Never a payload: a value of any other type does
 * not compile.
 */
export type LogValue =
  | string
  | number
  | boolean
  | undefined
  | null
  | readonly string[]
  | readonly SettingFault[];
export type LogFields = Readonly<Record<string, LogValue>>;
export type LogLevel = 'info' | 'warn' | 'error';

/**
 * Writes one line; `event` is a stable dotted name (docs/operations.md lists them), `embedded`
 * CloudWatch's metric format.
 */
export type Log = (level: LogLevel, event: string, fields?: LogFields, embedded?: object) => void;

/**
 * JSON lines straight to standard output: through `console` Lambda's JSON log format would put each
 * line, as a string, inside another, where neither Logs Insights nor the embedded metric format
 * finds anything.
 */
export function createLog(
  context: LogFields,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Log {
  return (level, event, fields = {}, embedded = {}) => {
    write(
      `${JSON.stringify({ level, time: new Date().toISOString(), event, ...context, ...fields, ...embedded })}\n`,
    );
  };
}

/**
 * A name and, for our own errors, a message that is known to hold no secret; a library's message is
 * not printed.
 */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
