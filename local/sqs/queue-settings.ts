import * as z from 'zod';

/** What a queue's attributes mean here. */
export interface QueueSettings {
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  /** True when a deduplication id counts within its group only. */
  readonly deduplicatesByGroup: boolean;
  readonly redrive: { readonly deadLetterQueue: string; readonly maxReceiveCount: number } | undefined;
}

const redrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number(),
});

/** Reads a queue's attributes, with SQS's own defaults for what is not set. */
export function queueSettings(attributes: Readonly<Record<string, string>>): QueueSettings {
  const {
    VisibilityTimeout = '30',
    MessageRetentionPeriod = '345600',
    DeduplicationScope,
    RedrivePolicy,
  } = attributes;
  const policy = RedrivePolicy === undefined ? undefined : redrivePolicy.parse(JSON.parse(RedrivePolicy));
  return {
    visibilitySeconds: Number(VisibilityTimeout),
    retentionSeconds: Number(MessageRetentionPeriod),
    deduplicatesByGroup: DeduplicationScope === 'messageGroup',
    redrive: policy && {
      deadLetterQueue: policy.deadLetterTargetArn.slice(policy.deadLetterTargetArn.lastIndexOf(':') + 1),
      maxReceiveCount: policy.maxReceiveCount,
    },
  };
}
