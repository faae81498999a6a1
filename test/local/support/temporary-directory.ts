import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty directory that is gone when the test is over, or when the caller says. */
export async function temporaryDirectory(
  onEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'local-'));
  onEnd(() => rm(path, { recursive: true, force: true }));
  return path;
}
