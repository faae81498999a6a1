import { synthesised } from '../../local/template/synthesised.ts';

/** Else the first files to need the assembly would all make it, at the same time. */
export async function setup(): Promise<void> {
  await synthesised({ concurrentCalls: undefined });
}
