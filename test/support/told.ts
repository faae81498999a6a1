import type { LogFields, LogLevel, Tell } from '../../lambdas/shared/logger.ts';

export interface ToldLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
  readonly embedded: object;
}

/** A log that keeps its lines. */
export function keptLog(): { readonly tell: Tell; readonly lines: ToldLine[]; events(): string[] } {
  const lines: ToldLine[] = [];
  return {
    lines,
    tell: (level, event, fields = {}, embedded = {}) => {
      lines.push({ level, event, fields, embedded });
    },
    events: () => lines.map(({ event }) => event),
  };
}
