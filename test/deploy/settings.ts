import * as z from 'zod';
import type { Emulator } from './emulator.ts';

export type Values = Readonly<Record<string, string>>;

const secret = z.object({ SecretString: z.string(), VersionId: z.string(), ARN: z.string() });
const values = z.record(z.string(), z.string());

/** Reads a secret's values, and their version. */
export async function readSettings({ aws }: Emulator, SecretId: string) {
  const read = secret.parse(await aws('secretsmanager', 'get_secret_value', { SecretId }));
  return { values: values.parse(JSON.parse(read.SecretString)), version: read.VersionId, arn: read.ARN };
}

/** Does what people do in the console: changes some keys and keeps the others. */
export async function editSettings(emulator: Emulator, SecretId: string, changed: Values): Promise<void> {
  const before = await readSettings(emulator, SecretId);
  const SecretString = JSON.stringify({ ...before.values, ...changed });
  await emulator.aws('secretsmanager', 'put_secret_value', { SecretId, SecretString });
}
