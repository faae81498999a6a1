import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { readPipeline } from '../../local/template/pipeline.ts';
import { synthesised } from '../../local/template/synthesised.ts';

const CHILD = fileURLToPath(new URL('handler-child.ts', import.meta.url));
const answer = z.object({ result: z.unknown(), error: z.string() }).partial();

export interface HandlerProcess {
  invoke(event: object): Promise<{ result?: unknown; error?: string | undefined }>;
  /** Everything that it printed so far, on both streams. */
  output(): string;
}

/**
 * A function's own handler, bundled as it is deployed, in a process of its own. The process starts
 * at the first event and ends with the test. `seconds` is the time that the handler believes to
 * have left.
 */
export function handlerProcess(
  folder: 'poller' | 'deliverer',
  variables: Readonly<Record<string, string>>,
  seconds: number,
): HandlerProcess {
  let printed = '';
  let started: Promise<ChildProcess> | undefined;

  const next = async (child: ChildProcess): Promise<unknown> => {
    const ended = once(child, 'exit').then(() => {
      throw new Error(`the handler's process ended: ${printed}`);
    });
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message;
  };

  async function start(): Promise<ChildProcess> {
    const child = fork(CHILD, [await bundleOf(folder), String(seconds * 1_000)], {
      env: { PATH: process.env.PATH ?? '', ...variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        printed += String(chunk);
      });
    }
    onTestFinished(async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    });
    await next(child);
    return child;
  }

  return {
    output: () => printed,
    async invoke(event) {
      started ??= start();
      const child = await started;
      const answered = next(child);
      child.send(event);
      const given = answer.parse(await answered);
      await new Promise(setImmediate); // what was printed before the answer arrives with it
      return given;
    },
  };
}

async function bundleOf(folder: 'poller' | 'deliverer'): Promise<string> {
  const pipeline = readPipeline(await synthesised({ concurrentCalls: undefined }), (name) => name);
  return join(pipeline[folder].folder, 'index.mjs');
}
