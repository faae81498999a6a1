declare module 'dynalite' {
  import type { Server } from 'node:http';

  /**
   * `path`: a folder for LevelDB; in memory without it. `createTableMs`: how long a table stays
   * CREATING.
   */
  function dynalite(options: { readonly path?: string; readonly createTableMs?: number }): Server;
  export = dynalite;
}
