import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

function bench(...options: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bench/main.ts', ...options]);
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

it('says what it measures, and how long that takes', () => {
  const { status, stdout } = bench('--help');

  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}end-to-end .* \(\d+ min\)$/m);
});

it.each([
  ['--only', 'costs'],
  ['--quick', ''],
])('refuses %s %s, says what there is, and runs nothing', (...options) => {
  const { status, stdout, stderr } = bench(...options.filter((option) => option !== ''));

  expect(status).toBe(2);
  expect(stderr).toContain(options.at(1) || options[0]);
  expect(stderr).toContain('freshness');
  expect(stdout).toBe('');
});
