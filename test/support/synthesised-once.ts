import { synthesised } from '../../local/template/synthesised.ts';

/**
 * Makes the assembly before the tests. Otherwise the first files to need it would all make it at
 * the same time.
 */
export async function setup(): Promise<void> {
  await synthesised({ concurrentCalls: undefined });
}
