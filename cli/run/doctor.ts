import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import { checked, type Finding } from '../doctor/check.ts';
import { checkAccount } from '../doctor/check-account.ts';
import { checkAuth0 } from '../doctor/check-auth0.ts';
import { checkSettings } from '../doctor/check-settings.ts';
import { checkTenant } from '../doctor/check-tenant.ts';
import { checkWebhook } from '../doctor/check-webhook.ts';
import type { ExitCode } from '../errors.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function run(context: Context): Promise<ExitCode> {
  const { terminal, global } = context;
  terminal.progress('checking …');
  const account = global.local === true ? { findings: [], goesOn: true } : await checkAccount(global);
  const findings = [...account.findings, ...(account.goesOn ? await ofConnection(context) : [])];
  const wrongs = findings.filter(({ isRight, isUnknown }) => !isRight && isUnknown !== true);
  answer(context, { findings }, [
    ...findings.flatMap((finding) => linesOf(finding, terminal)),
    wrongs.length === 0 ? 'All is well.' : `${wrongs.length} of ${findings.length} are wrong.`,
  ]);
  return wrongs.length > 0 ? 1 : 0;
}

async function ofConnection(context: Context): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  await withConnection(context, async (connection) => {
    findings.push(
      ...(await checked('the settings cannot be read', () => checkSettings(connection))),
      ...(await checked('the ledger cannot be read', () => checkTenant(connection))),
      ...(await checked("Auth0's log cannot be read", () => checkAuth0(connection, context.now()))),
      ...(await checked('the webhook cannot be asked', () => checkWebhook(connection))),
    );
    return 0;
  });
  return findings;
}

function linesOf({ what, isRight, isUnknown, todo }: Finding, terminal: Terminal): readonly string[] {
  if (isRight) return [`${terminal.style('good', '✓')} ${what}`];
  return [`${isUnknown ? terminal.style('warn', '?') : terminal.style('bad', '✗')} ${what}`, `  → ${todo}`];
}
