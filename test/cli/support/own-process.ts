import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { COMPILE_CACHE } from '../../support/compile-cache.ts';
import type { Ended } from './command-line.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

export interface Started {
  /** Presses Ctrl-C. */
  interrupt(): void;
  readonly ended: Promise<Ended>;
}

/** One command line as a process of its own, with so much memory for what it holds. */
export function startCommand(args: readonly string[], megabytes = 48): Started {
  const child = spawn(process.execPath, [`--max-old-space-size=${megabytes}`, MAIN, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return {
    interrupt: () => void child.kill('SIGINT'),
    ended: new Promise((resolve) => {
      child.once('close', (code) =>
        resolve({ code: code ?? -1, output: output.trim(), errors: errors.trim() }),
      );
    }),
  };
}
