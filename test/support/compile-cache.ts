import { fileURLToPath } from 'node:url';

/** For NODE_COMPILE_CACHE: each run of local mode would compile the same sources again. */
export const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
