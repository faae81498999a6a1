import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { signingSecretsIn } from '../settings/signing-secret.ts';

export async function run(context: Context): Promise<ExitCode> {
  return await withConnection(context, async ({ readSecret }) => {
    const secrets = signingSecretsIn(await readSecret('webhook'));
    answer(context, { signingSecrets: secrets }, secrets);
    if (secrets.length > 1)
      context.terminal.note(
        'The first is the newest; requests carry a signature of each while it is rotated.',
      );
    return 0;
  });
}
