import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const APP = new URL('app/', import.meta.url);
const PACKAGES = new URL('../../node_modules/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/**
 * Names of our own files. With those that they need of packages, nothing else of the disk can be
 * asked for.
 */
const OURS = /^\/(?:[a-z-]+\/)?(?:index\.html|[a-z-]+\.(?:css|js)|icon\.svg)$/;
const LIBRARIES: readonly RegExp[] = [
  /^\/lib\/(lit-html\/(?:directives\/)?[a-z-]+\.js)$/,
  /^\/lib\/(uplot\/dist\/uPlot\.(?:esm\.js|min\.css))$/,
  /^\/lib\/(@fontsource-variable\/inter\/files\/inter-latin(?:-ext)?-wght-normal\.woff2)$/,
];

export interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

export async function assetAt(path: string): Promise<Asset | undefined> {
  const asked = path === '/' ? '/index.html' : path;
  const library = LIBRARIES.map((each) => each.exec(asked)?.[1]).find((each) => each !== undefined);
  if (library === undefined && (!OURS.test(asked) || asked.startsWith('/lib/'))) return undefined;
  const file = library === undefined ? new URL(`.${asked}`, APP) : new URL(library, PACKAGES);
  try {
    const type = TYPES[asked.slice(asked.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return { type, content: await readFile(fileURLToPath(file)) };
  } catch {
    return undefined;
  }
}
