import { readFileSync } from 'node:fs';
import * as z from 'zod';

const packageJson = z.object({
  repository: z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]).optional(),
});

/**
 * Address at which people read a file of this repository; undefined where package.json names no
 * repository.
 */
export function repositoryFile(path: string): string | undefined {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { repository } = packageJson.parse(JSON.parse(text));
  const page = repository === undefined ? undefined : repositoryPage(repository);
  return page === undefined
    ? undefined
    : `${page}${page.includes('://gitlab.') ? '/-' : ''}/blob/HEAD/${path}`;
}

/**
 * The page of a repository: `github:owner/name`, `owner/name`, `git+https://…​.git`,
 * `git@host:owner/name.git`.
 */
export function repositoryPage(repository: string): string | undefined {
  const [, host = 'github', name] =
    /^(?:(github|gitlab):)?([\w.-]+(?:\/[\w.-]+)+)$/.exec(repository.trim()) ?? [];
  if (name !== undefined) return `https://${host}.com/${withoutGit(name)}`;
  const [, domain, path] =
    /^(?:git\+)?(?:https?:\/\/|ssh:\/\/git@|git:\/\/|git@)([\w.-]+)[:/](.+)$/.exec(repository.trim()) ?? [];
  return domain === undefined || path === undefined ? undefined : `https://${domain}/${withoutGit(path)}`;
}

function withoutGit(path: string): string {
  return path.replace(/\/$/, '').replace(/\.git$/, '');
}
