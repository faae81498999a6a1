import { rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';

/**
 * What a running local mode tells the command line. It is in a file that only its owner can read.
 */
export interface RunFile {
  readonly pid: number;
  readonly endpoints: {
    readonly sqs: string;
    readonly dynamodb: string;
    readonly secretsManager: string;
    /** Address of Lambda's Invoke. */
    readonly lambda: string;
  };
  /** The run's own key. The endpoints answer to no other. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly names: {
    readonly table: string;
    readonly queueUrl: string;
    readonly deadLetterQueueUrl: string;
    readonly auth0Secret: string;
    readonly webhookSecret: string;
    readonly poller: string;
    readonly deliverer: string;
  };
  /** A file of certificates that the functions trust beside the usual ones. */
  readonly certificates: string | undefined;
  /** Address of the page; undefined when there is none. */
  readonly page: string | undefined;
}

/**
 * Writes the file in one step, and removes it when the process ends. A file that a kill left behind
 * has a process id that is gone.
 */
export async function writeRunFile(path: string, file: RunFile): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
  process.once('exit', () => rmSync(path, { force: true }));
}
