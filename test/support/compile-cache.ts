import { fileURLToPath } from 'node:url';

/**
 * Value of NODE_COMPILE_CACHE. Without it each run of local mode would compile the same sources
 * again.
 */
export const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
