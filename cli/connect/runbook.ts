import { fileURLToPath } from 'node:url';

/** The runbook in this package, from whatever folder the command is typed. */
export const RUNBOOK = fileURLToPath(new URL('../../docs/operations.md', import.meta.url));
