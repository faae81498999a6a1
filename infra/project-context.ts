import { readFileSync } from 'node:fs';
import * as z from 'zod';

const cdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The context of cdk.json, which the CDK command line would pass. */
export function projectContext(): Readonly<Record<string, unknown>> {
  return cdkJson.parse(JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'))).context;
}
