import { nearest } from '../../lambdas/shared/text/nearest.ts';
import { openAddress } from '../../local/run/open-address.ts';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';

const WHAT = ['dashboard', 'runbook', 'secrets'] as const;

export async function run(context: Context, [name = '']: readonly string[]): Promise<ExitCode> {
  const what = WHAT.find((one) => one === name);
  if (!what) {
    const near = nearest(name, WHAT);
    throw new CliError(
      `"${name}" cannot be opened: ${near ? `did you mean ${near}?` : `give ${WHAT.join(', ')}`}`,
      2,
    );
  }
  return await withConnection(context, async ({ links, place }) => {
    const addresses = links[what];
    if (addresses.length === 0) throw new CliError(`${place} has no ${what}`);
    answer(context, { addresses }, addresses);
    if (context.terminal.isInteractive) for (const address of addresses) openAddress(address);
    return 0;
  });
}
