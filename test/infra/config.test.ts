import { describe, expect, it } from 'vitest';
import { ConfigError, type ConfigFault, parseConfig } from '../../infra/config.ts';
import { projectContext } from '../../infra/project-context.ts';

const DEFAULTS = {
  name: 'auth0-webhooks',
  schedule: 'rate(1 minute)',
  pollEverySeconds: 60,
  concurrentCalls: 5,
  reserveConcurrency: true,
  retryWindow: 345_600,
  alarmEmail: '',
  monitoring: 'full',
  lagLimit: 3_600,
  runbook: '',
  logRetentionDays: 30,
  memory: 256,
  vpc: { subnets: [], securityGroups: [], functions: 'deliverer' },
  tags: {},
};

function faultsOf(context: Record<string, unknown>): readonly ConfigFault[] {
  try {
    parseConfig(context);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}
const faultyKeys = (context: Record<string, unknown>) => faultsOf(context).map(({ key }) => key);

describe('parseConfig', () => {
  it('has a default for every key', () => {
    expect(parseConfig({})).toEqual([DEFAULTS]);
  });

  it('ships a cdk.json that says just the defaults', () => {
    expect(parseConfig(projectContext())).toEqual([DEFAULTS]);
    expect(Object.keys(projectContext())).toEqual(Object.keys(DEFAULTS));
  });

  it('takes every key as a text, as -c gives it', () => {
    const context = {
      name: 'users-2',
      schedule: 'cron(0/5 6-22 ? * MON-FRI *)',
      pollEverySeconds: '60',
      concurrentCalls: '10',
      reserveConcurrency: 'false',
      retryWindow: '3600',
      alarmEmail: 'ops@example.com',
      monitoring: 'essential',
      lagLimit: '30 minutes',
      runbook: 'https://example.com/operations.md',
      logRetentionDays: '14',
      memory: '1024',
      vpc: '{"subnets":["subnet-0123456789abcdef0"],"securityGroups":["sg-01234567"],"functions":"both"}',
      tags: '{"team":"identity"}',
    };

    expect(parseConfig(context)).toEqual([
      {
        ...context,
        pollEverySeconds: 60,
        concurrentCalls: 10,
        reserveConcurrency: false,
        retryWindow: 3_600,
        lagLimit: 1_800,
        logRetentionDays: 14,
        memory: 1_024,
        vpc: {
          subnets: ['subnet-0123456789abcdef0'],
          securityGroups: ['sg-01234567'],
          functions: 'both',
        },
        tags: { team: 'identity' },
      },
    ]);
  });

  it('polls more than once a minute only where the schedule starts an invocation a minute', () => {
    expect(parseConfig({ pollEverySeconds: '5' })).toMatchObject([{ pollEverySeconds: 5 }]);
    expect(faultyKeys({ pollEverySeconds: 5, schedule: 'rate(5 minutes)' })).toEqual(['schedule']);
    expect(faultyKeys({ pollEverySeconds: 5, webhooks: [{ schedule: 'rate(2 minutes)' }] })).toEqual([
      'webhooks[0].schedule',
    ]);
    expect(faultyKeys({ pollEverySeconds: 4 })).toEqual(['pollEverySeconds']);
    expect(faultyKeys({ pollEverySeconds: 61 })).toEqual(['pollEverySeconds']);
  });

  it('names all faults at once, by key', () => {
    const context = {
      name: 'Users',
      schedule: 'every minute',
      concurrentCalls: 0,
      reserveConcurrency: 'yes',
      retryWindow: '13 days',
      alarmEmail: 'nobody',
      monitoring: 'none',
      lagLimit: '59',
      runbook: 'nope',
      logRetentionDays: 31,
      memory: '64',
      tags: { 'aws:mine': 'x' },
    };

    expect(faultyKeys(context)).toEqual([
      'name',
      'schedule',
      'concurrentCalls',
      'reserveConcurrency',
      'retryWindow',
      'alarmEmail',
      'monitoring',
      'lagLimit',
      'runbook',
      'logRetentionDays',
      'memory',
      'tags.aws:mine',
    ]);
  });

  it.each([
    [{ subnets: ['subnet-01234567'] }, 'vpc'],
    [{ subnets: ['subnet-1'], securityGroups: ['sg-01234567'] }, 'vpc.subnets.0'],
    [{ subnets: ['subnet-01234567'], securityGroups: ['default'] }, 'vpc.securityGroups.0'],
    [{ subnets: 'subnet-01234567', securityGroups: ['sg-01234567'] }, 'vpc.subnets'],
    [{ functions: 'all' }, 'vpc.functions'],
    [{ subnetIds: [] }, 'vpc'],
    ['subnet-01234567', 'vpc'],
  ])('refuses %j as vpc', (vpc, key) => {
    expect(faultyKeys({ vpc })).toEqual([key]);
  });

  it.each(['https://wiki.example.com/hooks', 'http://wiki:8080/a?b=c', ''])(
    'takes the runbook at "%s"',
    (runbook) => {
      expect(parseConfig({ runbook })[0]?.runbook).toBe(runbook);
    },
  );

  it.each(['docs/operations.md', 'https://', 'https:///a', 'https://example.com/#top', 'https://a b'])(
    'refuses the runbook at "%s", which nobody could open from a mail',
    (runbook) => {
      expect(faultyKeys({ runbook })).toEqual(['runbook']);
    },
  );

  it("leaves alone what is not of the project's own: people keep context in ~/.cdk.json", () => {
    const context = { ...projectContext(), stage: 'dev', concurentCalls: 3 };

    expect(parseConfig(context, projectContext())).toEqual([DEFAULTS]);
  });

  it('says in its message which keys are wrong and what they should be', () => {
    expect(() => parseConfig({ concurrentCalls: 101, memory: 'much' })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: The configuration (context in cdk.json, or -c) is wrong:
        concurrentCalls: a whole number from 1 to 100
        memory: a whole number from 256 to 10240]
    `);
  });

  it.each([
    ['concurrentCall', 'unknown; did you mean concurrentCalls?'],
    ['log-retention-days', 'unknown; did you mean logRetentionDays?'],
    ['RETRY_WINDOW', 'unknown; did you mean retryWindow?'],
    ['webhook', 'unknown; did you mean webhooks?'],
    ['colour', `unknown; the keys are ${[...Object.keys(DEFAULTS), 'webhooks'].join(', ')}`],
  ])('refuses the unknown key %s with a hint', (key, expected) => {
    expect(faultsOf({ [key]: 1 })).toEqual([{ key, expected }]);
  });

  it("ignores the keys that are CDK's own", () => {
    const context = {
      '@aws-cdk/core:explicitStackTags': true,
      'aws:cdk:bundling-stacks': [],
      'aws-cdk:enableDiffNoFail': 'true',
      'availability-zones:account=123456789012:region=eu-west-1': [],
      'cli-telemetry': false,
      'acknowledged-issue-numbers': [1],
    };

    expect(parseConfig(context)).toEqual([DEFAULTS]);
  });

  it.each(['-a', 'a-', 'a--b', '1a', 'a_b', 'A', '', 'a'.repeat(55)])('refuses the name "%s"', (name) => {
    expect(faultyKeys({ name })).toEqual(['name']);
  });

  it.each(['a', 'a1-b2', 'a'.repeat(54)])('accepts the name "%s"', (name) => {
    expect(parseConfig({ name })[0]?.name).toBe(name);
  });

  it.each([
    ['60', 60],
    [60, 60],
    ['90 seconds', 90],
    ['1 minute', 60],
    ['12 hours', 43_200],
    ['1day', 86_400],
    ['12 days', 1_036_800],
  ])('reads the retry window %s as %i s', (retryWindow, seconds) => {
    expect(parseConfig({ retryWindow })[0]?.retryWindow).toBe(seconds);
  });

  it.each([59, '289 hours', '1036801', '4 weeks', '-1 day', '1.5 days', '', null])(
    'refuses the retry window %s',
    (retryWindow) => {
      expect(faultyKeys({ retryWindow })).toEqual(['retryWindow']);
    },
  );
});

describe('parseConfig, several webhooks', () => {
  it('takes what an entry leaves out from the top level', () => {
    const webhooks = [
      { name: 'users' },
      { name: 'clients', concurrentCalls: 1, schedule: 'rate(5 minutes)' },
    ];

    expect(parseConfig({ concurrentCalls: 20, memory: '1024', webhooks })).toEqual([
      { ...DEFAULTS, name: 'users', concurrentCalls: 20, memory: 1_024 },
      { ...DEFAULTS, name: 'clients', concurrentCalls: 1, memory: 1_024, schedule: 'rate(5 minutes)' },
    ]);
  });

  it('takes the list as JSON text, as -c gives it', () => {
    const names = parseConfig({ webhooks: '[{"name":"users"},{"name":"clients"}]' }).map(({ name }) => name);

    expect(names).toEqual(['users', 'clients']);
  });

  it('names the faults of every entry by its place, and those of a default once', () => {
    const webhooks = [{ name: 'users', schedul: 'x' }, { name: 'clients', memory: 1 }, { name: 'users' }];

    expect(faultyKeys({ concurrentCalls: 0, webhooks })).toEqual([
      'webhooks[0].schedul',
      'concurrentCalls',
      'webhooks[1].memory',
      'webhooks[2].name',
    ]);
  });

  it('refuses two webhooks that both take the default name', () => {
    expect(faultyKeys({ webhooks: [{}, {}] })).toEqual(['webhooks[1].name']);
  });

  it.each([[[]], ['users'], [[1]], [{}], [null]])('refuses %j as the list', (webhooks) => {
    expect(faultyKeys({ webhooks })).toEqual(['webhooks']);
  });
});
