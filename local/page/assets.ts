import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const APP = new URL('app/', import.meta.url);
const LIT = new URL('../../node_modules/lit-html/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Our own files and lit-html's, by name: nothing else of the disk can be asked for. */
const OURS = /^\/(?:index\.html|[a-z-]+\.(?:css|js)|icon\.svg)$/;
const LIBRARY = /^\/lib\/lit-html\/((?:directives\/)?[a-z-]+\.js)$/;

export interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

export async function assetAt(path: string): Promise<Asset | undefined> {
  const asked = path === '/' ? '/index.html' : path;
  const library = LIBRARY.exec(asked)?.[1];
  const file = library === undefined ? new URL(`.${asked}`, APP) : new URL(library, LIT);
  if (library === undefined && !OURS.test(asked)) return undefined;
  try {
    const type = TYPES[asked.slice(asked.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return { type, content: await readFile(fileURLToPath(file)) };
  } catch {
    return undefined;
  }
}
