import { describe, expect, it } from 'vitest';
import { repositoryPage } from '../../infra/repository.ts';

describe('repositoryPage', () => {
  it.each([
    ['acme/hooks', 'https://github.com/acme/hooks'],
    ['github:acme/hooks', 'https://github.com/acme/hooks'],
    ['gitlab:acme/team/hooks', 'https://gitlab.com/acme/team/hooks'],
    ['git+https://github.com/acme/hooks.git', 'https://github.com/acme/hooks'],
    ['https://git.example.com/acme/hooks/', 'https://git.example.com/acme/hooks'],
    ['git+ssh://git@github.com/acme/hooks.git', 'https://github.com/acme/hooks'],
    ['git@github.com:acme/hooks.git', 'https://github.com/acme/hooks'],
  ])('of %s is %s', (repository, page) => {
    expect(repositoryPage(repository)).toBe(page);
  });

  it.each(['', 'hooks', 'file:///srv/hooks.git'])('has none for "%s"', (repository) => {
    expect(repositoryPage(repository)).toBeUndefined();
  });
});
