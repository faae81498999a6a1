import { spawn } from 'node:child_process';
import type { Printer } from '../output/printer.ts';

const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Says where the page is, and opens it if that was asked for. */
export function tellPage(url: string, open: boolean, printer: Printer): void {
  printer.say(`See it happen: ${url}`);
  if (!open) return;
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  opener.on('error', () => printer.say(`${command} is not here: open the address by hand.`));
  opener.unref();
}
