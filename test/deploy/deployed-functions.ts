import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { FunctionDefinition } from '../../local/template/resources.ts';
import { ACCOUNT, type Emulator, REGION } from './emulator.ts';

const described = z.object({
  Configuration: z.object({
    FunctionName: z.string(),
    FunctionArn: z.string(),
    Handler: z.string(),
    Timeout: z.number(),
    MemorySize: z.number(),
    Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
  }),
  Code: z.object({ Location: z.string() }),
  Concurrency: z.object({ ReservedConcurrentExecutions: z.number().optional() }).default({}),
});
const object = z.object({ Body: z.base64() });

/** Name that `cdk bootstrap` gives to the bucket of the assets. */
const BUCKET = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;

/** A function as Lambda has it. Its bundle is downloaded and unpacked below `folder`. */
export async function deployedFunction(
  { aws }: Emulator,
  name: string,
  folder: string,
): Promise<FunctionDefinition> {
  const { Configuration, Code, Concurrency } = described.parse(
    await aws('lambda', 'get_function', { FunctionName: name }),
  );
  const code = await mkdtemp(join(folder, `${name}-`));
  const { Body } = object.parse(
    // moto's address points to amazonaws.com. Its last part is the key in the bucket.
    await aws('s3', 'get_object', { Bucket: BUCKET, Key: new URL(Code.Location).pathname.split('/').at(-1) }),
  );
  await writeFile(join(code, 'bundle.zip'), Body, 'base64');
  await promisify(execFile)('python3', ['-m', 'zipfile', '-e', join(code, 'bundle.zip'), code]);
  return {
    name,
    arn: Configuration.FunctionArn,
    folder: code,
    handler: Configuration.Handler,
    timeoutSeconds: Configuration.Timeout,
    memoryMb: Configuration.MemorySize,
    environment: Configuration.Environment.Variables,
    reservedConcurrency: Concurrency.ReservedConcurrentExecutions,
  };
}
