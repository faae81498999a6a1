import type { Printer } from '../output/printer.ts';
import { openAddress } from './open-address.ts';

/** Says where the page is, and opens it if that was asked for. */
export function tellPage(url: string, open: boolean, printer: Printer): void {
  printer.say(`See it happen: ${url}`);
  if (!open) return;
  openAddress(url, (command) => printer.say(`${command} is not here: open the address by hand.`));
}
