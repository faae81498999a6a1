// Runs the README's local commands exactly as written; others must be run elsewhere.
import { execSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const readme = readFileSync('README.md', 'utf8');
// The commands of "Deploy" are run against an emulator, by test/deploy/readme.deploy.test.ts.
const [before = '', rest = ''] = readme.split('\n## Deploy\n');
const elsewhere = before + rest.slice(rest.indexOf('\n## '));
const blocks = [...elsewhere.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block.trim());
const local = ['npm ci && npm start', 'npm ci && npm test'];

for (const command of local) if (!blocks.includes(command)) throw new Error(`README lacks: ${command}`);
for (const command of blocks.flatMap((block) => block.split('\n'))) {
  if (!local.includes(command)) throw new Error(`README has a command that nobody runs: ${command}`);
}

// `npm test` itself ran in an earlier step of CI; here it must only start from a clean clone.
run('npm start -- --once --quiet', 60_000);
run('npm start -- --help', 10_000);
run('npm run --silent check', 120_000);
run('npx cdk list', 60_000);
await interrupted('npm start');

function run(command, timeout) {
  console.log(`$ ${command}`);
  execSync(command, { stdio: ['ignore', 'inherit', 'inherit'], timeout });
}

/** Starts it as a person would, lets it deliver, and presses Ctrl-C. */
async function interrupted(command) {
  console.log(`$ ${command}, then Ctrl-C`);
  const child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  let output = '';
  const delivered = new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (/✓/.test(output)) resolve(); // before a line of what was delivered
    });
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  try {
    await Promise.race([delivered, ended, timeLimit('nothing was delivered in 60 s', 60_000)]);
    process.kill(-child.pid, 'SIGINT');
    const code = await Promise.race([ended, timeLimit('it did not end within 30 s of Ctrl-C', 30_000)]);
    if (code !== 0) throw new Error(`ended with ${code} after Ctrl-C\n${output}`);
  } finally {
    endGroup(child.pid);
  }
}

/** Whatever is left of it: a run that goes on would take a core from everything after it. */
function endGroup(id) {
  try {
    process.kill(-id, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function timeLimit(message, ms) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(message)), ms).unref());
}
