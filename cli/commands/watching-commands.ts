import type { Definition } from './definition.ts';

export const WATCHING_COMMANDS: readonly Definition[] = [
  {
    name: 'status',
    description:
      'is it flowing, how far behind, what is stuck, and what to do next (exit 1 when something is wrong)',
    options: [['--watch', 'again every five seconds, until Ctrl-C']],
    example: 'auth0-webhooks status --watch',
    load: () => import('../run/status.ts'),
  },
  {
    name: 'doctor',
    description:
      'checks credentials, stack, settings, Auth0 and the webhook; each line is right or says what to do',
    example: 'auth0-webhooks doctor --name users',
    load: () => import('../run/doctor.ts'),
  },
  {
    name: 'verify',
    description:
      "proves that nothing is missing: accounts for each matching event of Auth0's log (exit 1 when one is missing)",
    options: [
      ['--since <time>', 'a time, or how long ago'],
      ['--until <time>', 'the end; two minutes ago if not given, as younger events are on their way'],
    ],
    example: 'auth0-webhooks verify --since 24h',
    load: () => import('../run/verify.ts'),
  },
  {
    name: 'logs',
    description: 'polls and attempts in readable lines',
    options: [
      ['--since <time>', 'a time, or how long ago', '1h'],
      ['--until <time>', 'the end; now if not given'],
      ['--follow', 'goes on with what comes, until Ctrl-C'],
      ['--failed', 'only what failed'],
      ['--resource <resource>', 'only of it, such as users/auth0|123'],
    ],
    example: "auth0-webhooks logs --since 2h --failed --resource 'users/auth0|123'",
    load: () => import('../run/logs.ts'),
  },
  {
    name: 'open',
    description: 'prints the address of the dashboard, the runbook or the secrets, and opens it',
    args: [['<what>', 'dashboard, runbook or secrets']],
    example: 'auth0-webhooks open dashboard',
    load: () => import('../run/open.ts'),
  },
];
