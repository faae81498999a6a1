import type { CommandModule } from '../context.ts';

/** The flags, what the option is for, and its value when it is absent. */
export type OptionDefinition = readonly [string, string, string?];

/** A command: what the help and docs/cli.md show of it, and the module that runs it. */
export interface Definition {
  /** Name and description of the parent command, such as `events`. */
  readonly group?: readonly [string, string];
  readonly name: string;
  readonly description: string;
  readonly args?: readonly (readonly [string, string])[];
  readonly options?: readonly OptionDefinition[];
  readonly example: string;
  readonly load: () => Promise<CommandModule>;
}
