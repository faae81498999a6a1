import type { Printer } from '../output/printer.ts';
import { openAddress } from './open-address.ts';

/** Says where the page is: last at the start, and again after other lines have pushed that away. */
export function tellPage(url: string, printer: Pick<Printer, 'say'>): void {
  printer.say(`See it happen: ${url}`);
}

export function openPage(url: string, printer: Pick<Printer, 'say'>): void {
  openAddress(url, (command) => printer.say(`${command} is not here: open the address by hand.`));
}
