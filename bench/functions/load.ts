import { DeleteMessageBatchCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sqsEvent } from '../../local/queue/sqs-event.ts';
import { clientOf, LOCAL_REGION } from '../../local/services/identity.ts';
import { startReceiver } from '../../local/stand-ins/receiver/receiver.ts';
import { generatedSource } from '../../local/stand-ins/tenant/log-source.ts';
import { received } from '../../test/support/messages.ts';
import { userChange } from '../../test/system/events.ts';
import { type Measured, startBenchPipeline } from '../support/bench-pipeline.ts';
import { SIGNING_SECRET } from '../support/fresh-events.ts';
import { quantile } from '../support/results.ts';

const HOUR_MS = 3_600_000;
const SECONDS = 55;

/** What invocations took, each function in a process of its own, on embedded services. */
export interface Load {
  readonly pollFirst: Measured;
  /**
   * CPU milliseconds of a poll that finds nothing, and of a page of 100 events with the sending of
   * them.
   */
  readonly pollIdleCpuMs: number;
  readonly pageCpuMs: number;
  readonly pollRssMb: number;
  readonly deliverFirst: Measured;
  readonly eventCpuMs: number;
  readonly deliverRssMb: number;
}

export async function measureLoad(events: number): Promise<Load> {
  const receiver = await startReceiver({ secrets: [SIGNING_SECRET] });
  const bench = await startBenchPipeline({
    tenant: { source: backlog(events) },
    auth0: { START_FROM: 'earliest' },
    webhook: {
      WEBHOOK_URL: receiver.url,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
    },
  });
  const pollFirst = await bench.poll({}, SECONDS);
  const delivered = await deliverAll(bench);
  const idle: number[] = [];
  for (let poll = 0; poll < 20; poll++) idle.push((await bench.poll({}, SECONDS)).cpuMs);
  const { rssMb } = await bench.poll({}, SECONDS);
  await Promise.all([bench.close(), receiver.stop()]);
  const [deliverFirst, ...others] = delivered;
  if (!deliverFirst) throw new Error('nothing was delivered');
  return {
    pollFirst,
    pollIdleCpuMs: quantile(idle, 0.5),
    pageCpuMs: pollFirst.cpuMs / (events / 100),
    pollRssMb: rssMb,
    deliverFirst,
    eventCpuMs: others.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / (others.length * 10),
    deliverRssMb: others.at(-1)?.rssMb ?? 0,
  };
}

async function deliverAll({ services, deliver }: Awaited<ReturnType<typeof startBenchPipeline>>) {
  const client = new SQSClient(clientOf(services.sqs));
  const { mapping } = services.pipeline;
  const QueueUrl = services.queueUrl(mapping.queue.name);
  const all: Measured[] = [];
  for (;;) {
    const messages = await received(client, QueueUrl);
    if (messages.length === 0) break;
    all.push(await deliver(sqsEvent(messages, mapping.queue.arn, LOCAL_REGION), SECONDS));
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl }));
  if (Attributes?.ApproximateNumberOfMessagesNotVisible !== '0')
    throw new Error('some events were not delivered');
  client.destroy();
  return all;
}

function backlog(length: number) {
  return generatedSource({
    length,
    from: Date.now() - 8 * HOUR_MS,
    everyMs: (6 * HOUR_MS) / length,
    entry: (index, date) => userChange(index, date, 500, 'y'.repeat(1_200)),
  });
}
