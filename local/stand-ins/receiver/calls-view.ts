import { z } from 'zod';
import type { AnsweredCall, CallCounts, CallLog } from './call-log.ts';

/** A line of the page; holds no body, header or signature. */
export interface CallView {
  readonly time: string;
  readonly webhookId: string;
  readonly type: string;
  readonly request: string;
  readonly status: string;
  readonly verified: boolean;
  readonly problem: string;
}

export interface CallsView {
  readonly counts: Readonly<CallCounts>;
  /** Newest first. */
  readonly calls: readonly CallView[];
}

/** As many as one looks through. */
const SHOWN = 200;

const bodySchema = z.object({
  type: z.string().catch(''),
  request: z
    .object({ method: z.string().catch(''), path: z.string().catch('') })
    .catch({ method: '', path: '' }),
});

export function callsView(log: CallLog): CallsView {
  return { counts: log.counts(), calls: log.calls().slice(-SHOWN).reverse().map(callView) };
}

export function callView({ time, webhookId, body, status, problem }: AnsweredCall): CallView {
  const { type = '', request } = bodySchema.safeParse(body).data ?? {};
  return {
    time: new Date(time).toISOString(),
    webhookId,
    type,
    request: request ? `${request.method.toUpperCase()} ${request.path}`.trim() : '',
    status: String(status),
    verified: problem === undefined,
    problem: problem ?? '',
  };
}
