import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Emulator } from './emulator.ts';

/** Version 1 of the AWS command line lets SQS ignore AWS_ENDPOINT_URL. */
const AWS = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }';

/** Runs a command of the outputs as a person would paste it, in that folder. */
export async function runInShell({ variables }: Emulator, folder: string, command = ''): Promise<void> {
  await promisify(execFile)('sh', ['-c', `set -e\n${AWS}\n${command}`], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...variables },
  });
}

const mapping = z.record(z.string(), z.record(z.string(), z.string()));

/** The identifiers in `npx cdk import … --resource-mapping-inline '…'`. */
export function inlineMapping(command: string): z.infer<typeof mapping> {
  return mapping.parse(JSON.parse(/--resource-mapping-inline '([^']+)'$/.exec(command)?.[1] ?? ''));
}
