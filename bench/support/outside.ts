import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const addresses = z.object({
  domain: z.string(),
  caFile: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  webhookUrl: z.string(),
});
const seen = z.object({
  firstPageAt: z.number(),
  lastCallAt: z.number(),
  calls: z.number(),
  /** Calls at a time. */
  most: z.number(),
  distinct: z.number(),
});

export interface OutsideOptions {
  readonly directory: string;
  readonly events: number;
  readonly pageMs: number;
  readonly webhookMs: number;
}

/** A tenant and a webhook in a process of their own. */
export interface Outside extends z.infer<typeof addresses> {
  seen(): Promise<z.infer<typeof seen>>;
  forget(): Promise<unknown>;
  close(): void;
}

export async function startOutside({
  directory,
  events,
  pageMs,
  webhookMs,
}: OutsideOptions): Promise<Outside> {
  const child = fork(fileURLToPath(new URL('outside-child.ts', import.meta.url)), [
    `--directory=${directory}`,
    `--events=${events}`,
    `--page-ms=${pageMs}`,
    `--webhook-ms=${webhookMs}`,
  ]);
  const asked = async (word: string) => {
    const answered = once(child, 'message');
    child.send(word);
    return seen.parse((await answered)[0]);
  };
  const [first] = await once(child, 'message');
  return {
    ...addresses.parse(first),
    seen: () => asked('seen'),
    forget: () => asked('reset'),
    close: () => child.kill(),
  };
}
