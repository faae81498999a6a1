import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answers, type Run, runAws } from './aws-cli.ts';

const CLIENT = fileURLToPath(new URL('client.sh', import.meta.url));

/** Does what another program of a document does, such as `npx`. What it prints is returned. */
export type Program = (words: readonly string[]) => string | Promise<string>;

export interface StandIn {
  /** Folder that has to come first in PATH. */
  readonly folder: string;
  /** Variables for the environment of the shell. */
  readonly variables: Readonly<Record<string, string>>;
  /** Every run of `aws`, in order. */
  readonly runs: readonly Run[];
  /** Words of every run of the other programs, beginning with the program's name. */
  readonly otherRuns: readonly (readonly string[])[];
  /** Forgets what ran before. */
  forget(): void;
  close(): Promise<void>;
}

/**
 * Puts an `aws` into a folder that refuses what the AWS CLI refuses and answers as these services
 * do. Other programs beside it only keep their words. Everything runs in this process, so that a
 * test sees each call. Needs bash.
 */
export async function startStandIn(
  answers: Answers,
  programs: Readonly<Record<string, Program>> = {},
): Promise<StandIn> {
  let runs: Run[] = [];
  let otherRuns: string[][] = [];

  async function reply(program: string, region: string, words: readonly string[]) {
    if (program === 'aws') {
      const run = await runAws(words, { AWS_REGION: region }, answers);
      runs.push(run);
      return run;
    }
    otherRuns.push([program, ...words]);
    return { stdout: (await programs[program]?.(words)) ?? '', stderr: '', exitCode: 0 };
  }

  const server = createServer(async (socket) => {
    try {
      const [program = '', region = '', ...words] = await sentBy(socket);
      const { exitCode, stdout, stderr } = await reply(program, region, words);
      socket.end([exitCode, stdout, stderr, ''].join('\0'));
    } catch (error) {
      socket.end(['70', '', `the stand-in broke: ${error}\n`, ''].join('\0'));
    }
  });
  const port = await listening(server);
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  for (const program of ['aws', ...Object.keys(programs)]) symlinkSync(CLIENT, join(folder, program));
  return {
    folder,
    variables: { AWS_STAND_IN: String(port) },
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

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** Program, region and words. The third part says how many words follow. */
async function sentBy(socket: Socket): Promise<readonly string[]> {
  let sent = '';
  for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    sent += chunk;
    const [program = '', region = '', count, ...words] = sent.split('\0');
    if (count !== undefined && words.length > Number(count)) return [program, region, ...words.slice(0, -1)];
  }
  throw new Error(`cut off after ${sent.length} characters`);
}
