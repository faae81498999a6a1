import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const MAIN = fileURLToPath(new URL('../../../../local/main.ts', import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** `npm start` without npm in between, with the simulated tenant and our webhook. */
export interface LocalPage {
  readonly url: string;
  readonly browser: Browser;
  stop(): Promise<void>;
}

export async function startLocalPage(...args: readonly string[]): Promise<LocalPage> {
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  const child = spawn(process.execPath, [MAIN, '--data', join(folder, 'data'), '--port', '0', ...args], {
    cwd: folder, // no .env of the developer's
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(child);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  return {
    url,
    browser,
    async stop() {
      await browser.close();
      child.kill('SIGINT');
      await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let printed = '';
  for await (const chunk of stdout ?? []) {
    printed += String(chunk);
    const [, url] = /See it happen: (\S+)/.exec(printed) ?? [];
    if (url === undefined) continue;
    stdout?.resume(); // a full pipe would stop the run
    return url;
  }
  throw new Error(`No page was told of:\n${printed}`);
}

/** What a page must never do. */
export interface Watched {
  readonly page: Page;
  /** Errors of the console and of scripts, and requests that left loopback. */
  readonly faults: readonly string[];
}

export async function watchedPage(
  { url, browser }: LocalPage,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== 'localhost') faults.push(request.url());
  });
  await page.goto(url);
  await page.getByRole('region', { name: 'The pipeline' }).waitFor();
  return { page, faults };
}
