declare module 'dynalite' {
  import type { Server } from 'node:http';

  /**
   * `path`: a folder for LevelDB, else in memory. `createTableMs`: how long a table stays CREATING.
   */
  function dynalite(options: { readonly path?: string; readonly createTableMs?: number }): Server;
  export = dynalite;
}
