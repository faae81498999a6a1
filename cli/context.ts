import type { ExitCode } from './errors.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What a program run has from outside. */
export interface Outside {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The options that every command has. */
export interface GlobalOptions {
  /** Of the webhook, which is its stack's. */
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** The run on this machine instead of a deployed stack. */
  readonly local?: boolean | undefined;
  /** Of that run, if it is not the usual one. */
  readonly data?: string | undefined;
  readonly json?: boolean | undefined;
  /** Asks nothing. */
  readonly yes?: boolean | undefined;
}

export interface Context extends Outside {
  readonly global: GlobalOptions;
}

/** The body of a command. It parses its own options, which commander gives untyped. */
export interface CommandModule {
  run(context: Context, args: readonly string[], options: unknown): Promise<ExitCode>;
}
