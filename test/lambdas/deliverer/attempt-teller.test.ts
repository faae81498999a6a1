import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../lambdas/deliverer/attempt-line.ts';
import { createAttemptTeller } from '../../../lambdas/deliverer/attempt-teller.ts';
import type { Tell } from '../../../lambdas/shared/logger.ts';
import { withEssentialMetrics } from '../../../lambdas/shared/metrics.ts';
import { deliverWorld } from '../../support/deliver-world.ts';

async function told(attempts: readonly Partial<Attempt>[], wrap = (tell: Tell) => tell) {
  const lines: { event: string; fields: object; embedded: object }[] = [];
  const teller = createAttemptTeller(
    wrap((_, event, fields = {}, embedded = {}) => lines.push({ event, fields, embedded })),
    'hook',
  );
  const records = await deliverWorld().open('a', attempts.length);
  for (const [index, record] of records.entries()) {
    const startedAt = record.sentAt + 1_000;
    teller.attempted({
      record,
      webhookId: record.message.logId,
      attempt: 1,
      outcome: { kind: 'delivered', status: 200 },
      deadLettered: false,
      delaySeconds: undefined,
      startedAt,
      endedAt: startedAt + 10 * (index + 1),
      tracked: true,
      ...attempts[index],
    });
  }
  teller.measured();
  return lines;
}

const namesOf = (embedded: object): readonly string[] =>
  Object(embedded)._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { readonly Name: string }) => Name);

describe('createAttemptTeller', () => {
  it('tells each delivered attempt by a line, and what they measured by one for all', async () => {
    const lines = await told([{}, {}]);

    expect(lines.map(({ event }) => event)).toEqual([
      'delivery.attempted',
      'delivery.attempted',
      'delivery.measured',
    ]);
    expect(lines[0]?.embedded).toEqual({});
    expect(lines[2]?.embedded).toMatchObject({ Webhook: 'hook', WebhookLatency: [10, 20] });
    expect(namesOf(lines[2]?.embedded ?? {})).toEqual(['WebhookLatency', 'EndToEndSeconds']);
  });

  it('tells what a failed attempt measured at once', async () => {
    const lines = await told([{ outcome: { kind: 'retry', reason: 'gone', status: 410 } }]);

    expect(lines).toHaveLength(1);
    expect(lines[0]?.embedded).toMatchObject({ WebhookLatency: 10, EndpointGone: 1 });
    expect(namesOf(lines[0]?.embedded ?? {})).toEqual(['WebhookLatency', 'EndpointGone']);
  });

  it('names the webhook id only where it is another than the log id', async () => {
    const lines = await told([{}, { webhookId: 'of-both' }]);

    expect(lines.slice(0, 2).map(({ fields }) => Object(fields).webhookId)).toEqual([undefined, 'of-both']);
  });

  it('writes no line of metrics that nobody makes', async () => {
    const lines = await told([{}], withEssentialMetrics);

    expect(lines.map(({ event }) => event)).toEqual(['delivery.attempted']);
  });
});
