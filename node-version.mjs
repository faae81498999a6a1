// Makes sure that the next command runs on Node 24, or says in one sentence what to do. It is plain
// JavaScript of any age, as it runs on whatever Node the machine has: at the end of `npm ci`,
// before `npm start`, `npm test` and the like, and before the CDK app.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const project = dirname(fileURLToPath(import.meta.url));
const modules = join(project, 'node_modules');
const bin = join(modules, '.bin');
const isWindows = process.platform === 'win32';
const isOld = Number(process.versions.node.split('.')[0]) < NEEDED;
const isInstalling = process.argv.includes('--after-install');

if (isWindows && existsSync(modules)) provideExec();

const advice = existsSync(modules) ? (isOld ? provideNode() : undefined) : 'Run `npm ci` first.';
if (advice !== undefined) {
  console.error(isOld ? `Node ${NEEDED} is needed and this is ${process.version}. ${advice}` : advice);
  if (!isInstalling) process.exitCode = 1; // an installation is complete all the same
}

/**
 * Links the `node` of npm's package for this platform into node_modules/.bin, which npm scripts and
 * npx have first on their PATH. npm makes that link, too, but npm 10 removes it again, together
 * with the packages for other platforms.
 *
 * @returns what is left to do by hand
 */
function provideNode() {
  const here = `${isWindows ? 'win' : process.platform}-${process.arch}`;
  const name = packages().find((each) => each.endsWith(`-${here}`));
  if (name === undefined)
    return `npm has none for ${here}: install Node ${NEEDED} from nodejs.org, then run the command again.`;
  if (!existsSync(join(modules, name, 'bin', isWindows ? 'node.exe' : 'node')))
    return `Run \`npm ci\` without --omit=optional, as npm has one for ${here}, or install Node ${NEEDED} from nodejs.org.`;
  const isNew = linkNode(name);
  if (isInstalling) return undefined;
  if (!isOnPath())
    return `Run the command by npx or as an npm script: they use the one in node_modules/.bin.`;
  // A shell remembers where it found `node`. The script after a `pre` script gets a shell of its
  // own.
  return isNew && !/^pre/.test(process.env.npm_lifecycle_event || '')
    ? 'It is now in node_modules/.bin: run the command again.'
    : undefined;
}

/**
 * Links an `exec` for cmd.exe. `npm start` begins with `exec`, so that a shell hands Ctrl-C and
 * `kill` on to the run instead of leaving it behind. cmd.exe has no such word, but npm scripts have
 * this file on their PATH.
 */
function provideExec() {
  const file = join(bin, 'exec.cmd');
  if (existsSync(file)) return;
  mkdirSync(bin, { recursive: true });
  writeFileSync(file, '@%*\r\n');
}

/**
 * Links a name.
 * @returns true when it was not there
 */
function linkNode(name) {
  const link = join(bin, isWindows ? 'node.cmd' : 'node');
  if (existsSync(link)) return false;
  mkdirSync(bin, { recursive: true });
  rmSync(link, { force: true }); // one that leads nowhere
  if (isWindows) writeFileSync(link, `@"%~dp0..\\${name}\\bin\\node.exe" %*\r\n`);
  else symlinkSync(join('..', name, 'bin', 'node'), link);
  return true;
}

function packages() {
  return Object.keys(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).optionalDependencies);
}

function isOnPath() {
  const folders = (process.env.PATH || process.env.Path || '').split(delimiter);
  return folders.some((folder) => folder !== '' && resolve(folder) === bin);
}
