import type { Definition } from './definition.ts';

const SETTINGS = ['settings', 'reads and changes the settings of both secrets'] as const;
const SECRET = ['secret', 'the signing secret, for the receiver'] as const;

export const SETTINGS_COMMANDS: readonly Definition[] = [
  {
    group: SETTINGS,
    name: 'get',
    description: 'the settings that are set; secrets only by their length',
    args: [['[key]', 'only this one']],
    example: 'auth0-webhooks settings get WEBHOOK_URL',
    load: () => import('../run/settings-get.ts'),
  },
  {
    group: SETTINGS,
    name: 'set',
    description: 'sets some and keeps the others; KEY alone asks for a value without showing it, KEY= unsets',
    args: [['<settings...>', 'KEY=VALUE, or KEY']],
    example: 'auth0-webhooks settings set AUTH0_API_ENDPOINTS=users,clients AUTH0_CLIENT_SECRET',
    load: () => import('../run/settings-set.ts'),
  },
  {
    group: SETTINGS,
    name: 'check',
    description: 'every fault of both secrets, by key (exit 1 when there is one)',
    example: 'auth0-webhooks settings check',
    load: () => import('../run/settings-check.ts'),
  },
  {
    group: SETTINGS,
    name: 'edit',
    description: 'opens one secret in $EDITOR, checks it, and writes it',
    args: [['<secret>', 'auth0 or webhook']],
    example: 'auth0-webhooks settings edit auth0',
    load: () => import('../run/settings-edit.ts'),
  },
  {
    group: SECRET,
    name: 'show',
    description: 'prints the signing secret that the receiver needs',
    example: 'auth0-webhooks secret show',
    load: () => import('../run/secret-show.ts'),
  },
  {
    group: SECRET,
    name: 'rotate',
    description: 'adds a new signing secret: requests carry both signatures until --finish',
    options: [['--finish', 'keeps only the newest, once the receiver knows it']],
    example: 'auth0-webhooks secret rotate',
    load: () => import('../run/secret-rotate.ts'),
  },
];
