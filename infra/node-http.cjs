// What the bundles get for `node:http`. An ES module's import of it reads each of its exports, and
// `WebSocket` among them loads all of undici: a fifth of the CPU of a cold start.
// By this call, as the bundler would take a require for this very file.
module.exports = process.getBuiltinModule('node:http');
