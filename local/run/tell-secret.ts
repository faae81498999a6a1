import { writeFile } from 'node:fs/promises';
import type { Printer } from '../output/printer.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import type { DataDirectory } from './data-directory.ts';

/**
 * Says how a receiver of the user's own gets the secret that was generated here. Until it has that
 * it refuses every call. The secret must not be shown, so it is in a file that Node reads by
 * itself; the command works in any folder and shell.
 */
export function tellSecret(settings: LocalSettings, directory: DataDirectory, printer: Printer): void {
  if (!isGenerated(settings)) return;
  printer.say(
    [
      `Your receiver needs the signing secret: WEBHOOK_SIGNING_SECRET in ${directory.secrets}, or set one of your own in .env.`,
      `         The README's receiver takes it so: node --env-file=${quoted(directory.receiverEnv)} receiver.mjs`,
    ].join('\n'),
  );
}

export async function writeReceiverEnv(
  settings: LocalSettings,
  directory: DataDirectory,
  signingSecret: string,
): Promise<void> {
  if (!isGenerated(settings)) return;
  const secret = signingSecret.startsWith('whsec_') ? signingSecret : `whsec_${signingSecret}`;
  await writeFile(directory.receiverEnv, `WEBHOOK_SIGNING_SECRET=${secret}\n`, { mode: 0o600 });
}

function isGenerated({ receives, webhook }: LocalSettings): boolean {
  return !receives && webhook.WEBHOOK_SIGNING_SECRET === undefined;
}

function quoted(path: string): string {
  return /^[\w/.:\\-]+$/.test(path) ? path : `"${path}"`;
}
