import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { valuesOf } from '../settings/setting-keys.ts';
import { newSigningSecret, SIGNING_SECRET, signingSecretsIn } from '../settings/signing-secret.ts';

const rotateOptions = z.object({ finish: z.optional(z.boolean()) });

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const { finish = false } = rotateOptions.parse(given);
  return await withConnection(context, async ({ readSecret, writeSecret, place }) => {
    const text = await readSecret('webhook');
    const secrets = signingSecretsIn(text);
    const [newest = ''] = secrets;
    if (finish === (secrets.length === 1)) {
      throw new CliError(
        finish
          ? 'no rotation is under way: one signing secret is set'
          : `a rotation is under way (${secrets.length} signing secrets are set): end it by --finish first`,
      );
    }
    const after = finish ? [newest] : [newSigningSecret(), ...secrets];
    const what = finish
      ? `Keep only the newest signing secret of ${place}: a receiver that knows only an older one refuses every request.`
      : `Add a new signing secret to ${place}: requests carry both signatures until --finish.`;
    if (!(await confirm(context, what))) return 0;
    await writeSecret(
      'webhook',
      JSON.stringify({ ...valuesOf('webhook', text), [SIGNING_SECRET]: after.join(' ') }),
    );
    answer(context, { signingSecrets: after }, [
      ...(finish ? [] : [`${after[0]}`]),
      finish
        ? 'Only the newest signing secret signs now.'
        : 'Give this to the receiver, beside the old one; then: auth0-webhooks secret rotate --finish',
    ]);
    return 0;
  });
}
