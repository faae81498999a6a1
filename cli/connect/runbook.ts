import { fileURLToPath } from 'node:url';

/** A file of this package, wherever the command is typed. */
export const RUNBOOK = fileURLToPath(new URL('../../docs/operations.md', import.meta.url));
