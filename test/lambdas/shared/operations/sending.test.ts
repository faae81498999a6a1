import { describe, expect, it } from 'vitest';
import { type ReplayedEvent, type ResendDeps, resend } from '../../../../lambdas/shared/operations/resend.ts';
import { sendTestEvent } from '../../../../lambdas/shared/operations/test-event.ts';
import type { WebhookMessage } from '../../../../lambdas/shared/queue/webhook-message.ts';
import { idAt } from '../../../support/operations-world.ts';

function resendWorld(log: readonly ReplayedEvent[]) {
  const sent: WebhookMessage[] = [];
  const deps: ResendDeps = {
    events: {
      send: async (messages) => {
        sent.push(...messages);
      },
    },
    ledger: { readState: async () => undefined },
    tenant: 'here.auth0.com',
    readEvents: async (ids) => log.filter(({ logId }) => ids.includes(logId)),
    async *readRange(after, until) {
      yield log.filter(({ logId }) => logId > after && logId <= until);
    },
    randomId: () => 'drawn',
  };
  return { deps, sent };
}

const event = (second: number): ReplayedEvent => ({
  logId: idAt(second),
  body: `{"n":${second}}`,
  resource: 'users/a',
});

describe('resend', () => {
  it('sends the events outside the ledger, under their own ids', async () => {
    const { deps, sent } = resendWorld([event(1), event(2), event(3)]);

    const result = await resend(deps, { logIds: [idAt(3), idAt(1)] });

    expect(result).toEqual({ sent: 2 });
    expect(sent).toEqual([
      { ...event(1), ledger: 'replay', batch: 'replay-drawn', ordinal: 0 },
      { ...event(3), ledger: 'replay', batch: 'replay-drawn', ordinal: 1 },
    ]);
  });

  it('sends a range, without its first position and with its last', async () => {
    const { deps, sent } = resendWorld([event(1), event(2), event(3), event(4)]);

    await resend(deps, { after: idAt(1), until: idAt(3) });

    expect(sent.map(({ logId }) => logId)).toEqual([idAt(2), idAt(3)]);
  });

  it.each([
    ['an event that the log does not have', { logIds: [idAt(1), idAt(7)] }, `no longer has: ${idAt(7)}`],
    ['an id that is none', { logIds: ['a b'] }, '"a b" is no log_id'],
    ['no id', { logIds: [] }, '0 log_ids were given'],
    ['a range from late to early', { after: idAt(3), until: idAt(1) }, 'is empty'],
  ])('refuses %s, and sends nothing', async (_, args, message) => {
    const { deps, sent } = resendWorld([event(1)]);

    await expect(resend(deps, args)).rejects.toThrow(message);
    expect(sent).toEqual([]);
  });
});

it('sends no events of another tenant than the one whose log is read', async () => {
  const { deps, sent } = resendWorld([event(1)]);
  const bound = { ledger: 'x', cursor: idAt(1), seq: 1, tenant: 'there.auth0.com' };
  const ledger = { readState: async () => bound };

  const refused = resend({ ...deps, ledger }, { logIds: [idAt(1)] });

  await expect(refused).rejects.toThrow('reads the log of there.auth0.com');
  expect(sent).toEqual([]);
});

describe('a test event', () => {
  it('is of no ledger and no log, and says so', async () => {
    const { deps, sent } = resendWorld([]);

    const { logId } = await sendTestEvent({ ...deps, now: () => 1_700_000_000_500 });

    expect(logId).toBe('test-1700000000-drawn');
    expect(sent).toMatchObject([{ logId, ledger: 'test', ordinal: 0 }]);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ log_id: logId, type: 'test' });
  });

  it('has a place and a message group of its own, so that one that fails holds back no other', async () => {
    const { deps, sent } = resendWorld([]);
    let drawn = 0;
    const randomId = () => `drawn-${drawn++}`;

    await sendTestEvent({ ...deps, randomId, now: () => 1_700_000_000_500 });
    await sendTestEvent({ ...deps, randomId, now: () => 1_700_000_000_500 });

    expect(new Set(sent.map(({ batch }) => batch)).size).toBe(2);
    expect(new Set(sent.map(({ resource }) => resource)).size).toBe(2);
  });
});
