import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  type IQueue,
  Queue,
  QueueEncryption,
  type QueueProps,
  RedrivePermission,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  MAX_RECEIVE_COUNT,
  RETENTION_SECONDS,
  VISIBILITY_TIMEOUT_SECONDS,
} from '../lambdas/shared/contract.ts';
import { pinLogicalId } from './logical-ids.ts';
import type { namesOf } from './names.ts';

/**
 * The largest message that SQS takes, with its attributes. The default of a new queue has changed
 * before.
 */
const LARGEST_MESSAGE_BYTES = 1_048_576;

export interface QueuesProps {
  readonly names: Pick<ReturnType<typeof namesOf>, 'queue' | 'deadLetterQueue'>;
}

/**
 * The queue of events on their way, in order per resource, and the dead-letter queue. Both outlive
 * their stack.
 */
export class Queues extends Construct {
  readonly events: IQueue;
  readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string, props: QueuesProps) {
    super(scope, id);
    const { names } = props;
    const queueArn = Stack.of(this).formatArn({ service: 'sqs', resource: names.queue });

    const deadLetters = new Queue(this, 'DeadLetterQueue', {
      ...commonProps(names.deadLetterQueue),
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        // The queue is named by text: a reference in each direction would be a cycle.
        sourceQueues: [Queue.fromQueueArn(this, 'Source', queueArn)],
      },
    });
    pinLogicalId(deadLetters, 'DeadLetterQueue');

    const events = new Queue(this, 'Queue', {
      ...commonProps(names.queue),
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUT_SECONDS),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    pinLogicalId(events, 'EventQueue');

    this.events = events;
    this.deadLetters = deadLetters;
  }
}

function commonProps(queueName: string) {
  return {
    queueName,
    fifo: true,
    // Both together are SQS's high-throughput mode. Without it all resources share 300 calls a
    // second.
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    retentionPeriod: Duration.seconds(RETENTION_SECONDS),
    maxMessageSizeBytes: LARGEST_MESSAGE_BYTES,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    // Every operation keeps the queues but the rollback of a first deploy. Were they kept then, the
    // next deploy would fail at their names.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  } satisfies QueueProps;
}
