import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What is committed. */
export const COMMITTED = fileURLToPath(new URL('../results/', import.meta.url));
/** What the short forms write, which replaces nothing that is committed. */
export const SHORT = fileURLToPath(new URL('../../.local/bench/', import.meta.url));

/** Where this process keeps its results. */
export function resultsFolder(): string {
  const folder = process.argv.includes('--short') ? SHORT : COMMITTED;
  mkdirSync(folder, { recursive: true });
  return folder;
}
