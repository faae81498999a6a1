import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../doctor/check.ts';
import { checkAccount } from '../doctor/check-account.ts';
import { checkAuth0 } from '../doctor/check-auth0.ts';
import { checkSettings } from '../doctor/check-settings.ts';
import { checkWebhook } from '../doctor/check-webhook.ts';
import type { ExitCode } from '../errors.ts';

export async function run(context: Context): Promise<ExitCode> {
  const { terminal, global, now } = context;
  return await withConnection(context, async (connection) => {
    terminal.progress('checking …');
    const findings: readonly Finding[] = [
      ...(connection.isLocal ? [] : await checkAccount(global)),
      ...(await checkSettings(connection)),
      ...(await checkAuth0(connection, now())),
      ...(await checkWebhook(connection)),
    ];
    const wrongs = findings.filter(({ isRight }) => !isRight);
    answer(context, { findings }, [
      ...findings.flatMap(({ what, isRight, todo }) => [
        `${isRight ? terminal.style('good', '✓') : terminal.style('bad', '✗')} ${what}`,
        ...(isRight ? [] : [`  → ${todo}`]),
      ]),
      wrongs.length === 0 ? 'All is well.' : `${wrongs.length} of ${findings.length} are wrong.`,
    ]);
    return wrongs.length > 0 ? 1 : 0;
  });
}
