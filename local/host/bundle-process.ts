import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FunctionDefinition } from '../template/resources.ts';
import { eachLine } from './lines.ts';

const BOOTSTRAP = fileURLToPath(new URL('bootstrap.mjs', import.meta.url));
/**
 * The runtime client prints this when an invocation has ended. Everything before it belongs to that
 * invocation.
 */
const END_MARK = '\0end ';
/**
 * How long output is waited for after a death or an answer. It may never end, as a child of the
 * function may hold it open.
 */
export const DRAIN_MS = 1_000;
/** Lambda's runtime gives most of a function's memory to JavaScript's heap. */
const HEAP_SHARE = 0.9;

export type OnLine = (line: string, stream: 'stdout' | 'stderr') => void;

export interface BundleProcess {
  kill(): void;
  /** Says why the process ended. Resolves after everything that it printed has been handed over. */
  readonly ended: Promise<{ readonly errorType: string; readonly message: string }>;
}

/** Runs the runtime client on a function's bundle, in a process that dies with this one. */
export function startBundle(
  definition: FunctionDefinition,
  env: Record<string, string>,
  onLine: OnLine,
  onEndMark: () => void,
): BundleProcess {
  const heap = `--max-old-space-size=${Math.floor(definition.memoryMb * HEAP_SHARE)}`;
  const child = spawn(process.execPath, [heap, BOOTSTRAP], {
    cwd: definition.folder,
    env,
    stdio: ['pipe', 'pipe', 'pipe'], // standard input only ends, with us
  });
  child.stdin.on('error', () => {}); // the process died; its exit tells
  eachLine(child.stdout, (line) => {
    if (line.startsWith(END_MARK)) onEndMark();
    else if (line !== '') onLine(line, 'stdout');
  });
  eachLine(child.stderr, (line) => onLine(line, 'stderr'));

  const ended = Promise.withResolvers<Awaited<BundleProcess['ended']>>();
  const closed = once(child, 'close').catch(() => {}); // a failed start is told below
  child.on('error', (error) => ended.resolve({ errorType: 'Runtime.Unstartable', message: error.message }));
  child.on('exit', async (code, signal) => {
    await Promise.race([closed, sleep(DRAIN_MS)]);
    ended.resolve({
      errorType: 'Runtime.ExitError',
      message: `The process ended (${signal ?? `exit code ${code}`})`,
    });
  });
  return { kill: () => void child.kill('SIGKILL'), ended: ended.promise };
}
