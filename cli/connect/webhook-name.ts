import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { CliError } from '../errors.ts';

const DEFAULT_NAME = 'auth0-webhooks';

const cdkJson = z.object({
  context: z.optional(
    z.object({
      name: z.optional(z.string()),
      webhooks: z.optional(z.array(z.object({ name: z.optional(z.string()) }))),
    }),
  ),
});

/** The webhook's name: `--name`, else the one in cdk.json. */
export async function webhookName(given: string | undefined, cdkFile = 'cdk.json'): Promise<string> {
  if (given !== undefined) return stackName(given);
  const text = await readFile(cdkFile, 'utf8').catch(() => '{}');
  const { data } = cdkJson.safeParse(jsonOrUndefined(text));
  const fallback = data?.context?.name ?? DEFAULT_NAME;
  const names = (data?.context?.webhooks ?? []).map(({ name }) => name ?? fallback);
  if (names.length > 1) {
    throw new CliError(`cdk.json has several webhooks: say which by --name (${names.join(', ')})`, 2);
  }
  return names[0] ?? fallback;
}

/** Makes a name that CloudFormation takes for a stack. */
function stackName(name: string): string {
  if (/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name)) return name;
  throw new CliError(
    `--name is "${name}": give the webhook's name, which has letters, digits and hyphens only`,
    2,
  );
}
