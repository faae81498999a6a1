import type { SettingFault } from './settings/setting-fault.ts';

/**
 * What a log line may hold: ids, names and numbers. A payload has another type and does not
 * compile.
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
 * Writes one log line. `event` is a stable dotted name (docs/operations.md lists them). `embedded`
 * is in CloudWatch's metric format.
 */
export type Tell = (level: LogLevel, event: string, fields?: LogFields, embedded?: object) => void;

/**
 * Makes a function that writes JSON lines straight to standard output. Through `console`, Lambda's
 * JSON log format would put each line as a text inside another. Neither Logs Insights nor the
 * embedded metric format would find anything in it.
 */
export function createTell(
  context: LogFields,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Tell {
  return (level, event, fields = {}, embedded = {}) => {
    write(
      `${JSON.stringify({ level, time: new Date().toISOString(), event, ...context, ...fields, ...embedded })}\n`,
    );
  };
}

/** The name of an error. Its message is never printed, as a library's may hold a secret. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
