import type { Definition } from './definition.ts';
import { EVENT_COMMANDS } from './event-commands.ts';
import { POSITION_COMMANDS } from './position-commands.ts';
import { SETTINGS_COMMANDS } from './settings-commands.ts';
import { WATCHING_COMMANDS } from './watching-commands.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Definition[] = [
  ...WATCHING_COMMANDS,
  ...EVENT_COMMANDS,
  ...POSITION_COMMANDS,
  ...SETTINGS_COMMANDS,
];
