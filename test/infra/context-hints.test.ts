import { describe, expect, it } from 'vitest';
import { contextHints } from '../../infra/context-hints.ts';
import { projectContext } from '../../infra/project-context.ts';

const PROJECT = { concurrentCalls: 5, schedule: 'rate(1 minute)', tags: { team: 'a' } };

describe('contextHints', () => {
  it('says nothing of what cdk.json has', () => {
    expect(contextHints({ ...PROJECT, tags: { team: 'a' } }, PROJECT)).toEqual([]);
    expect(contextHints(projectContext(), projectContext())).toEqual([]);
  });

  it('tells of every key of ours that -c gives, what the next deploy without it does', () => {
    const hints = contextHints({ ...PROJECT, concurrentCalls: '20', alarmEmail: 'ops@example.com' }, PROJECT);

    expect(hints).toEqual([
      'concurrentCalls is "20" here, cdk.json has 5. -c is not remembered: write it into "context" in cdk.json, or the next deploy without it takes it back.',
      'alarmEmail is "ops@example.com" here, cdk.json has none. -c is not remembered: write it into "context" in cdk.json, or the next deploy without it takes it back.',
    ]);
  });

  it.each(['concurentCalls', 'alarm-email', 'retrywindow'])('asks whether %s is a slip', (key) => {
    const [hint] = contextHints({ ...PROJECT, [key]: 1 }, PROJECT);

    expect(hint).toMatch(/did you mean (concurrentCalls|alarmEmail|retryWindow)\?$/);
  });

  it.each(['company', 'environment', 'my-team:setting', '@aws-cdk/core:flag'])(
    'leaves %s alone, which people may have in ~/.cdk.json',
    (key) => {
      expect(contextHints({ ...PROJECT, [key]: 1 }, PROJECT)).toEqual([]);
    },
  );
});
