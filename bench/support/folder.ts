import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the committed results. */
export const COMMITTED = fileURLToPath(new URL('../results/', import.meta.url));
/** Folder of the short forms' results, which replace none of the committed ones. */
export const SHORT = fileURLToPath(new URL('../../.local/bench/', import.meta.url));

/** The folder into which this process writes results. */
export function resultsFolder(): string {
  const folder = process.argv.includes('--short') ? SHORT : COMMITTED;
  mkdirSync(folder, { recursive: true });
  return folder;
}
