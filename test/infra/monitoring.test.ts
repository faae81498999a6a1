import { describe, expect, it } from 'vitest';
import { theResource, webhookTemplate } from './template.ts';

const ALARM = 'AWS::CloudWatch::Alarm';
const TOPIC = 'AWS::SNS::Topic';
const template = webhookTemplate();
const alarmsOf = (of: typeof template) =>
  Object.values(of.findResources(ALARM)).map(({ Properties }) => Properties);
const namesOf = (of: typeof template) => alarmsOf(of).map(({ AlarmName }) => AlarmName);

describe('alarms', () => {
  const topic = { Ref: theResource(template, TOPIC).logicalId };

  it.each(alarmsOf(template))('$AlarmName says what it means, what to do and where to read on', (alarm) => {
    const anchor = alarm.AlarmName.replace('auth0-webhooks-', '');

    expect(alarm.AlarmDescription).toMatch(new RegExp(`Commands: docs/operations\\.md, ${anchor}\\.$`));
    expect(alarm.AlarmDescription).toContain(' Investigate. ');
    expect(alarm.AlarmDescription).not.toMatch(/[`*]|\n|\]\(/); // of a mail, which shows no Markdown
    expect(alarm.AlarmDescription.length).toBeLessThanOrEqual(1_024); // CloudWatch's limit
  });

  it.each(alarmsOf(template))('$AlarmName tells the topic when it fires and when it goes back', (alarm) => {
    expect(alarm.AlarmActions).toEqual([topic]);
    expect(alarm.OKActions).toEqual([topic]);
    expect(alarm.TreatMissingData).toMatch(/^(breaching|notBreaching|ignore)$/);
  });

  it('links to the runbook wherever it is kept', () => {
    const elsewhere = webhookTemplate({ runbook: 'https://wiki.example.com/hooks' });

    for (const { AlarmDescription } of alarmsOf(elsewhere)) {
      expect(AlarmDescription).toContain('Runbook: https://wiki.example.com/hooks#');
    }

    expect(dashboardText(elsewhere)).toContain('[Runbook](https://wiki.example.com/hooks)');
  });

  it('takes the lag limit from the configuration', () => {
    webhookTemplate({ lagLimit: '30 minutes' }).hasResourceProperties(ALARM, {
      AlarmName: 'auth0-webhooks-lagging',
      Threshold: 1_800,
    });
  });

  it('waits for slower polls, in short periods', () => {
    const slow = webhookTemplate({ schedule: 'rate(6 hours)' });
    const { definition } = theResource(slow, ALARM, { AlarmName: 'auth0-webhooks-not-polling' });

    expect(definition.Properties).toMatchObject({
      EvaluationPeriods: 7,
      Metrics: [{ Expression: 'FILL(polled, 0)' }, { MetricStat: { Period: 3_600 } }],
    });
  });

  it('says nothing of polling before polls have had the time to begin', () => {
    const warmUps = Object.fromEntries(
      ['rate(1 minute)', 'rate(6 hours)', 'rate(3 days)'].map((schedule) => [
        schedule,
        theResource(webhookTemplate({ schedule }), ALARM, { AlarmName: 'auth0-webhooks-not-polling' })
          .definition.Properties.WarmUpConfiguration.WarmUpPeriodDurationInMinutes,
      ]),
    );

    expect(warmUps).toEqual({ 'rate(1 minute)': 15, 'rate(6 hours)': 7 * 60, 'rate(3 days)': 2_880 });
  });

  it('is named after its webhook', () => {
    const names = namesOf(webhookTemplate({ name: 'users' }));

    expect(names.filter((name) => !name.startsWith('users-'))).toEqual([]);
  });
});

describe('topic', () => {
  it('lets only the alarms of this webhook publish, and only over TLS', () => {
    const { definition } = theResource(template, 'AWS::SNS::TopicPolicy');
    const [deny, allow, ...more] = definition.Properties.PolicyDocument.Statement;

    expect(more).toEqual([]);
    expect(deny).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allow).toMatchObject({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(JSON.stringify(allow.Condition.ArnLike)).toContain(':alarm:auth0-webhooks-*');
  });

  it('has no subscriber by default, and the e-mail address that is configured', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    webhookTemplate({ alarmEmail: 'ops@example.com' }).hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
  });
});

describe('dashboard', () => {
  it('answers the three questions first, in colours, beside the alarms and whether the endpoint is paused', () => {
    const titles = [...dashboardText(template).matchAll(/"title":"([^"]+)"/g)].map(([, title]) => title);

    expect(titles.slice(0, 6)).toEqual([
      'Flowing? Polls in 5 minutes',
      'How far behind? Seconds',
      'What is stuck? Dead letters',
      'Now',
      'Is the endpoint paused? The newest line says',
      'Alarms (each opens its description and its article)',
    ]);
  });

  it('shows how to redrive, and no command that could rewind by mistake', () => {
    const text = dashboardText(template);

    expect(text).toContain('aws sqs start-message-move-task');
    expect(text).not.toContain('update-item');
  });

  it('shows how many resources are in delivery', () => {
    expect(dashboardText(template)).toContain('ApproximateNumberOfGroupsWithInflightMessages');
  });

  it('is one for each webhook and region, as dashboards are global in an account', () => {
    webhookTemplate({ name: 'users' }).hasResourceProperties('AWS::CloudWatch::Dashboard', {
      DashboardName: { 'Fn::Join': ['', ['users-', { Ref: 'AWS::Region' }]] },
    });
  });
});

describe('monitoring: essential', () => {
  const essential = webhookTemplate({ monitoring: 'essential' });

  it('leaves out the dashboard and the alarms that another tells later', () => {
    const missing = namesOf(template).filter((name) => !namesOf(essential).includes(name));

    essential.resourceCountIs('AWS::CloudWatch::Dashboard', 0);

    expect(missing.toSorted()).toEqual([
      'auth0-webhooks-retention-half-used',
      'auth0-webhooks-too-many-in-flight',
      'auth0-webhooks-webhook-failing',
      'auth0-webhooks-webhook-gone',
    ]);
  });

  it('tells both functions to emit less', () => {
    const levels = Object.values(essential.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Environment.Variables.METRICS,
    );

    expect(levels).toEqual(['essential', 'essential']);
  });
});

/** The dashboard's body as text, with quotes as in its JSON and without references. */
function dashboardText(of: typeof template): string {
  const { definition } = theResource(of, 'AWS::CloudWatch::Dashboard');
  const parts: readonly unknown[] = definition.Properties.DashboardBody['Fn::Join'][1];
  return parts
    .filter((part) => typeof part === 'string')
    .join('')
    .replaceAll('\\"', '"');
}
