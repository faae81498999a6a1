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
    isClosed: () => false,
    drained: async () => {},
    ask: async () => false,
    askHidden: async () => '',
    readInput: async () => '',
    clear: () => {},
  };
}
