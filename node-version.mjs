// Runs before `npm start` and `npm test`, on whatever Node the machine has: plain JavaScript of any age.
// Node 24 comes from npm as an optional dependency of this project; npm has none for some platforms.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Node 24 is needed and npm has none for ${process.platform}-${process.arch} (this is ${process.version}): install Node 24 from nodejs.org, then run the command again.`,
  );
  process.exit(1);
}
