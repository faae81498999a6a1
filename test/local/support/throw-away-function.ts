import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../local/template/resources.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** Makes a function whose bundle is the given source of `index.mjs`. */
export async function throwAwayFunction(
  source: string,
  overrides: Partial<FunctionDefinition> = {},
): Promise<FunctionDefinition> {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'index.mjs'), source);
  return {
    name: 'throw-away',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:throw-away',
    folder,
    handler: 'index.handler',
    timeoutSeconds: 5,
    memoryMb: 256,
    environment: {},
    reservedConcurrency: 1,
    ...overrides,
  };
}
