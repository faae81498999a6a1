import type { ExitCode } from './errors.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What the program gets from its process. */
export interface Outside {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The options that every command has. */
export interface GlobalOptions {
  /** Name of the webhook, which is also its stack's. */
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** True for the run on this machine instead of a deployed stack. */
  readonly local?: boolean | undefined;
  /** That run's data folder, if it is not the usual one. */
  readonly data?: string | undefined;
  readonly json?: boolean | undefined;
  /** True when every question is answered with yes. */
  readonly yes?: boolean | undefined;
}

export interface Context extends Outside {
  readonly global: GlobalOptions;
}

/** The body of a command. It parses its own options, as commander gives them untyped. */
export interface CommandModule {
  run(context: Context, args: readonly string[], options: unknown): Promise<ExitCode>;
}
