import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const outdir = mkdtempSync(join(tmpdir(), 'app-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** Runs the app as the CDK command line does. */
function runApp(context: Record<string, unknown>) {
  const env = {
    PATH: process.env.PATH,
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [], ...context }),
  };
  return spawnSync(process.execPath, ['infra/app.ts'], { env, encoding: 'utf8' });
}

describe('app', () => {
  it('writes a template for each webhook, and says what -c gave', () => {
    const { status, stderr } = runApp({ webhooks: [{ name: 'users' }, { name: 'clients' }] });

    expect(stderr).toMatch(/^Note: webhooks is [^\n]*cdk\.json has none\. -c is not remembered[^\n]*\n$/);
    expect(status).toBe(0);
    expect(readdirSync(outdir)).toEqual(
      expect.arrayContaining(['users.template.json', 'clients.template.json']),
    );
  });

  it("ends with code 1 and the faults for a user's mistake, without a stack trace", () => {
    const { status, stderr } = runApp({ concurrentCalls: '500', memory: 1 });

    expect(status).toBe(1);
    expect(stderr).toBe(
      [
        'The configuration (context in cdk.json, or -c) is wrong:',
        '  concurrentCalls: a whole number from 1 to 100',
        '  memory: a whole number from 256 to 10240',
        '',
      ].join('\n'),
    );
  });

  it('is run by the first Node on the PATH, says nothing to AWS, and asks for no notices', () => {
    expect(JSON.parse(readFileSync('cdk.json', 'utf8'))).toMatchObject({
      app: 'node node-version.mjs && node infra/app.ts',
      versionReporting: false,
      notices: false,
    });
  });
});
