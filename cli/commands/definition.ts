import type { CommandModule } from '../context.ts';

/** Flags, what they are for, and the value when they are absent. */
export type OptionDefinition = readonly [string, string, string?];

/** A command as the help and docs/cli.md show it, and where its body is. */
export interface Definition {
  /** Name and description of the command that it belongs to, such as `events`. */
  readonly group?: readonly [string, string];
  readonly name: string;
  readonly description: string;
  readonly args?: readonly (readonly [string, string])[];
  readonly options?: readonly OptionDefinition[];
  readonly example: string;
  readonly load: () => Promise<CommandModule>;
}
