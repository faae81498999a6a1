import type { Terminal } from '../../../cli/terminal/terminal.ts';

export function silentTerminal(): Terminal {
  return {
    isInteractive: false,
    isScreen: false,
    width: 80,
    print: () => {},
    note: () => {},
    progress: () => {},
    style: (_tone, text) => text,
    ask: async () => false,
    askHidden: async () => '',
    readInput: async () => '',
    clear: () => {},
  };
}
