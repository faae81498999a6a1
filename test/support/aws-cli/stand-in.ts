import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Answers, type Run, runAws } from './aws-cli.ts';

const CLIENT = fileURLToPath(new URL('client.mjs', import.meta.url));

const request = z.object({
  program: z.string(),
  words: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
});

/** What another program of a document does, such as `npx`; what it prints is returned. */
export type Program = (words: readonly string[]) => string;

export interface StandIn {
  /** To be put before the others in PATH. */
  readonly folder: string;
  /** For the environment of the shell. */
  readonly variables: Readonly<Record<string, string>>;
  /** Every run of `aws`, in order. */
  readonly runs: readonly Run[];
  /** The words of every run of the other programs, the program first. */
  readonly otherRuns: readonly (readonly string[])[];
  /** Forgets what ran before. */
  forget(): void;
  close(): Promise<void>;
}

/**
 * Puts an `aws` in a folder that refuses what the AWS CLI refuses and answers as these services do, and beside it other
 * programs that only keep their words. Everything runs in this process, so that a test sees each call.
 */
export async function startStandIn(
  answers: Answers,
  programs: Readonly<Record<string, Program>> = {},
): Promise<StandIn> {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  const address = join(folder, 'socket');
  let runs: Run[] = [];
  let otherRuns: string[][] = [];

  async function reply(asked: z.infer<typeof request>) {
    if (asked.program === 'aws') {
      const run = await runAws(asked.words, asked.variables, answers);
      runs.push(run);
      return run;
    }
    otherRuns.push([asked.program, ...asked.words]);
    return { stdout: programs[asked.program]?.(asked.words) ?? '', stderr: '', exitCode: 0 };
  }

  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    try {
      socket.end(JSON.stringify(await reply(request.parse(JSON.parse(await text(socket))))));
    } catch (error) {
      socket.end(JSON.stringify({ stdout: '', stderr: `the stand-in broke: ${error}\n`, exitCode: 70 }));
    }
  });
  await new Promise<void>((resolve) => server.listen(address, resolve));

  for (const program of ['aws', ...Object.keys(programs)]) {
    const script = `#!/bin/sh\nPROGRAM='${program}' exec '${process.execPath}' '${CLIENT}' "$@"\n`;
    writeFileSync(join(folder, program), script);
    chmodSync(join(folder, program), 0o755);
  }
  return {
    folder,
    variables: { AWS_STAND_IN: address },
    get runs() {
      return runs;
    },
    get otherRuns() {
      return otherRuns;
    },
    forget() {
      runs = [];
      otherRuns = [];
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}
