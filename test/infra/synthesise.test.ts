import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../infra/config.ts';
import { type Synthesised, synthesise } from '../../infra/synthesise.ts';
import { cachedAssembly } from '../../local/template/assembly-cache.ts';

const directory = mkdtempSync(join(tmpdir(), 'synthesise-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The bundle of each function, by the last word of its name. */
function bundlesOf({ template, assemblyDirectory }: Synthesised): Readonly<Record<string, string>> {
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  return Object.fromEntries(
    functions.map(({ Properties }) => {
      const { S3Key: key } = Object(Properties.Code);
      const name = String(Properties.FunctionName).split('-').at(-1);
      return [name, join(assemblyDirectory, `asset.${String(key).replace(/\.zip$/, '')}`, 'index.mjs')];
    }),
  );
}

describe('synthesise', () => {
  let synthesised: Synthesised;
  let bundles: Readonly<Record<string, string>>;
  beforeAll(() => {
    synthesised = synthesise({ outdir: join(directory, 'a') });
    bundles = bundlesOf(synthesised);
  });

  it('gives the template as configured, over what cdk.json says', () => {
    const context = { concurrentCalls: 1, 'aws:cdk:bundling-stacks': [] };
    const { template } = synthesise({ outdir: join(directory, 'b'), context });
    const [mapping] = Object.values(template.Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::EventSourceMapping',
    );

    expect(mapping?.Properties).toMatchObject({ ScalingConfig: { MaximumConcurrency: 2 } });
    expect(synthesised.stackName).toBe('auth0-webhooks');
    expect(synthesised.template.Resources.EventQueue?.Properties).toMatchObject({
      QueueName: 'auth0-webhooks.fifo',
    });
    const types = Object.values(synthesised.template.Resources).map(({ Type }) => Type);

    expect(types).not.toContain('AWS::CDK::Metadata');
  });

  it.each(['poller', 'deliverer'])('bundles the %s whole, in at most 450 kB', (name) => {
    const code = readFileSync(bundles[name] ?? '', 'utf8');

    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(450_000);
    const packages = [...code.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*"([^"]+)"/g)].map(
      ([, name]) => name ?? '',
    );
    const outside = [...new Set(packages)].filter((name) => !name.startsWith('node:') && !isBuiltin(name));

    expect(outside.sort()).toEqual(
      ['ini', 'process', 'sso', 'web-identity'].map((way) => `@aws-sdk/credential-provider-${way}`),
    );
  });

  it.each(['poller', 'deliverer'])('bundles a %s that loads by itself, without dropped roots', (name) => {
    const program = `import(${JSON.stringify(bundles[name])}).then((m) => console.log(
      typeof m.handler,
      require('tls').getCACertificates('default')
        .filter((pem) => /emSign.*(C1|C3|ECC.*G3)/.test(new (require('crypto').X509Certificate)(pem).subject)).length,
    ))`;
    const env = Object.fromEntries(
      ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', ...variablesOf(synthesised)].map((key) => [
        key,
        '1',
      ]),
    );

    expect(execFileSync(process.execPath, ['-e', program], { env, encoding: 'utf8' })).toBe('function 0\n');
  });

  it('gives the same code the same hash, wherever and by whichever process it is written', async () => {
    const { folder, stackName } = await cachedAssembly('{}', () =>
      Promise.reject(new Error('nobody made it')),
    );
    const elsewhere: unknown = JSON.parse(readFileSync(join(folder, `${stackName}.template.json`), 'utf8'));

    expect(elsewhere).toEqual(synthesised.template);
  });

  it('names the faults of the configuration', () => {
    expect(() => synthesise({ outdir: join(directory, 'c'), context: { memory: 1 } })).toThrow(ConfigError);
  });
});

function isBuiltin(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined;
}

function variablesOf({ template }: Synthesised): readonly string[] {
  return Object.values(template.Resources).flatMap(({ Properties }) =>
    Object.keys(Object(Object(Properties.Environment).Variables)),
  );
}
