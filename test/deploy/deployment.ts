import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cdk, createCdk } from './cdk.ts';
import { type Emulator, startEmulator } from './emulator.ts';

export interface Deployment {
  readonly emulator: Emulator;
  readonly cdk: Cdk;
  /** A folder that is deleted with the deployment. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts an account that was bootstrapped, and gives the command line that deploys to it. */
export async function startDeployment(): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-'));
  const emulator = await startEmulator();
  const cdk = createCdk(emulator, folder);
  const stop = async () => {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await cdk.bootstrap();
  } catch (error) {
    await stop();
    throw error;
  }
  return { emulator, cdk, folder, stop };
}
