import { spawn } from 'node:child_process';

/**
 * Commands that open an address. `start` of cmd.exe would take an address apart at its first `&`.
 */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in the browser. A machine without one is no fault. */
export function openAddress(address: string, onMissing: (command: string) => void = () => {}): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => onMissing(command));
  child.unref();
}
