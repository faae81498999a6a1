import type { Printer } from '../output/printer.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import type { DataDirectory } from './data-directory.ts';

/**
 * A receiver of the user's own refuses every call until it knows the secret that was generated
 * here.
 */
export function tellSecret(settings: LocalSettings, directory: DataDirectory, printer: Printer): void {
  if (settings.receives || settings.webhook.WEBHOOK_SIGNING_SECRET !== undefined) return;
  printer.say(
    `Your receiver needs the signing secret: WEBHOOK_SIGNING_SECRET in ${directory.secrets}, or set one of your own in .env.`,
  );
}
