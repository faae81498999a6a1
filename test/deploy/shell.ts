import * as z from 'zod';
import { runShell } from '../support/aws-cli/shell.ts';
import type { Emulator } from './emulator.ts';

/** Version 1 of the AWS command line ignores AWS_ENDPOINT_URL for SQS. */
const AWS = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }';

/**
 * Runs a command of the outputs in that folder, as a person would paste it. `typed` answers what it
 * asks for.
 */
export async function runInShell(
  { variables }: Emulator,
  folder: string,
  command = 'exit 1',
  typed = '',
  variablesOfPerson: Readonly<Record<string, string>> = { PATH: process.env.PATH ?? '', HOME: folder },
): Promise<string> {
  const script = `set -e\ncd '${folder}'\n${AWS}\n${command}`;
  const environment = { ...variablesOfPerson, ...variables };
  const { exitCode, stdout, stderr } = await runShell('bash', script, environment, typed);
  if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

const mapping = z.record(z.string(), z.record(z.string(), z.string()));

/** The identifiers in `npx cdk import … --resource-mapping-inline '…'`. */
export function inlineMapping(command: string): z.infer<typeof mapping> {
  return mapping.parse(JSON.parse(/--resource-mapping-inline '([^']+)'$/.exec(command)?.[1] ?? ''));
}
