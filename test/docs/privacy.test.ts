import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { webhookFields } from '../../infra/config-fields.ts';
import { eventBody } from '../../lambdas/poller/events/event-body.ts';
import { RETENTION_SECONDS } from '../../lambdas/shared/contract.ts';
import { COMPACT_KEYS } from '../../lambdas/shared/settings/body-settings.ts';
import { keyPaths } from '../../lambdas/shared/settings/key-path.ts';
import { logEvent } from '../support/log-event.ts';

const PAGE = readFileSync('docs/privacy.md', 'utf8');
const DAY = 86_400;

/** Fields that say what happened and when, and nothing about a person. */
const PLAIN = ['date', 'log_id', 'type', 'description'];

const rowOf = (place: string) => PAGE.split('\n').find((line) => line.startsWith(`| ${place}`)) ?? '';

describe('docs/privacy.md', () => {
  it('names every field of the compact body that may hold personal data', () => {
    const fields = COMPACT_KEYS.filter((key) => !PLAIN.includes(key));

    expect(fields.filter((key) => !new RegExp(`\`${key}[.\`]`).test(PAGE))).toEqual([]);
  });

  it.each(['Queue (SQS', 'Dead-letter queue (SQS'])('says how long the %s keeps an event', (place) => {
    expect(rowOf(place)).toContain(`${RETENTION_SECONDS / DAY} days at most`);
  });

  it('says how long log lines are kept', () => {
    expect(rowOf('Log lines')).toContain(`${webhookFields.parse({}).logRetentionDays} days by default`);
  });

  it('shows paths that leave personal data out', () => {
    const [, paths = ''] = /^REDACT=(.+)$/m.exec(PAGE) ?? [];
    const event = logEvent({
      body: { email: 'ann@example.com' },
      response: { email: 'ann@example.com' },
      fields: { ip: '203.0.113.7' },
    });

    const { json } = eventBody(event, { payload: 'compact', redact: keyPaths(paths) ?? [] });

    expect(json).not.toContain('ann@example.com');
    expect(json).toContain('[redacted]');
    expect(PAGE).toContain('`[redacted]`');
  });
});
