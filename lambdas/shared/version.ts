/** Of this app, as in package.json (a test holds them together): sent as the user agent. */
export const VERSION = '1.0.0';
