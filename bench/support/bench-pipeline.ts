import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { synthesise } from '../../infra/synthesise.ts';
import { functionVariables } from '../../local/host/variables.ts';
import { type Services, startServices } from '../../local/services/services.ts';
import { startTenant, type Tenant } from '../../local/stand-ins/tenant/tenant.ts';
import type { TenantOptions } from '../../local/stand-ins/tenant/tenant-options.ts';
import { readAssembly } from '../../local/template/assembly.ts';
import { cachedAssembly } from '../../local/template/assembly-cache.ts';
import type { FunctionDefinition } from '../../local/template/resources.ts';

const measured = z.object({
  ms: z.number(),
  cpuMs: z.number(),
  rssMb: z.number(),
  error: z.string().optional(),
});
export type Measured = z.infer<typeof measured>;

/**
 * The deployed bundles on embedded services and a simulated tenant. Nothing is delivered unless the
 * caller does it.
 */
export interface BenchPipeline {
  readonly services: Services;
  readonly tenant: Tenant;
  /** Makes one invocation of the poller in its own process, with that many seconds to live. */
  poll(event: object, seconds: number): Promise<Measured>;
  /** Makes one invocation of the delivery function in its own process. */
  deliver(event: object, seconds: number): Promise<Measured>;
  /** Log lines of both functions. */
  readonly lines: Record<string, unknown>[];
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly tenant: Omit<TenantOptions, 'directory'>;
  readonly auth0?: Readonly<Record<string, string>>;
  readonly webhook?: Readonly<Record<string, string>>;
  readonly context?: Readonly<Record<string, unknown>>;
}

export async function startBenchPipeline(options: BenchOptions): Promise<BenchPipeline> {
  const { context = {} } = options;
  const root = await mkdtemp(join(tmpdir(), 'bench-'));
  const { folder, stackName } = await cachedAssembly(
    JSON.stringify(context),
    async (outdir) => synthesise({ outdir, context }).stackName,
  );
  const directory = {
    dynamodb: join(root, 'dynamodb'),
    queues: join(root, 'queues'),
    secrets: join(root, 'secrets.json'),
  };
  const services = await startServices(directory, await readAssembly(folder, stackName));
  const tenant = await startTenant({ directory: root, ...options.tenant });
  await putSecret(services, '/auth0', {
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: tenant.clientSecret,
    ...options.auth0,
  });
  if (options.webhook) await putSecret(services, '/webhook', options.webhook);
  const lines: Record<string, unknown>[] = [];
  const { poller, deliverer } = services.pipeline;
  const started = new Map<FunctionDefinition, ChildProcess>();
  const invoke = async (definition: FunctionDefinition, event: object, seconds: number) => {
    const child = started.get(definition) ?? (await startChild(definition, services, tenant, lines));
    started.set(definition, child);
    const answered = once(child, 'message');
    child.send({ event, seconds });
    return measured.parse((await answered)[0]);
  };
  return {
    services,
    tenant,
    lines,
    poll: (event, seconds) => invoke(poller, event, seconds),
    deliver: (event, seconds) => invoke(deliverer, event, seconds),
    async close() {
      for (const child of started.values()) child.kill();
      await Promise.all([tenant.stop(), services.close()]);
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function putSecret({ pipeline, secrets }: Services, suffix: string, values: object): Promise<void> {
  const secret = pipeline.secrets.find(({ name }) => name.endsWith(suffix));
  if (!secret) throw new Error(`the stack has no secret ${suffix}`);
  await secrets.put(secret.name, JSON.stringify(values));
}

async function startChild(
  definition: FunctionDefinition,
  { endpoints }: Services,
  { caFile }: Tenant,
  lines: Record<string, unknown>[],
): Promise<ChildProcess> {
  const extra = { ...endpoints, NODE_EXTRA_CA_CERTS: caFile };
  const child = fork(
    fileURLToPath(new URL('function-child.ts', import.meta.url)),
    [join(definition.folder, 'index.mjs')],
    { env: functionVariables(definition, '127.0.0.1:1', extra), stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  );
  let rest = '';
  child.stdout?.on('data', (chunk) => {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) lines.push(z.record(z.string(), z.unknown()).parse(JSON.parse(part)));
  });
  await once(child, 'message');
  return child;
}
