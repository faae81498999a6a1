import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { changeSecrets } from '../settings/change-secret.ts';
import { SECRETS, valuesOf } from '../settings/setting-keys.ts';

export async function run(context: Context, [name]: readonly string[]): Promise<ExitCode> {
  const kind = SECRETS.find((one) => one === name);
  if (!kind) throw new CliError(`"${name}" is no secret of ours: give ${SECRETS.join(' or ')}`, 2);
  const editor = context.env.VISUAL || context.env.EDITOR || 'vi';
  return await withConnection(context, async (connection) => {
    let text = pretty(await connection.readSecret(kind));
    for (;;) {
      text = await edited(editor, text);
      try {
        await changeSecrets(context, connection, new Map([[kind, valuesOf(kind, text)]]));
        return 0;
      } catch (error) {
        // Offers another edit, so that a missing comma does not cost what was typed.
        if (!(error instanceof CliError) || !context.terminal.isInteractive) throw error;
        context.terminal.note(error.message);
        if (!(await context.terminal.ask('Edit it again?'))) throw error;
      }
    }
  });
}

/** Formats JSON. Leaves any other text as it is, to be mended. */
function pretty(text: string): string {
  const values = jsonOrUndefined(text);
  return values === undefined ? text : JSON.stringify(values, undefined, 2);
}

/**
 * Opens the editor on a file in a folder that only this user can read. The folder is deleted
 * afterwards.
 */
async function edited(editor: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'auth0-webhooks-'));
  const file = join(folder, 'settings.json');
  try {
    await writeFile(file, `${text}\n`, { mode: 0o600 });
    await new Promise<void>((resolve, reject) => {
      const child = spawn(`${editor} "$SETTINGS_FILE"`, {
        shell: true,
        stdio: 'inherit',
        env: { ...process.env, SETTINGS_FILE: file },
      });
      child.on('error', reject);
      child.on('exit', (code) =>
        code === 0
          ? resolve()
          : reject(new CliError(`the editor (${editor}) ended with ${code}; nothing was changed`)),
      );
    });
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
