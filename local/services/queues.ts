import { buildApp } from 'fauxqs';
import { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
import { SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import type { Service } from '../http-server.ts';
import { isCalledByUs, LOCAL_ACCOUNT, LOCAL_REGION, UNKNOWN_CALLER } from './identity.ts';
import { QueuePersistence } from './queue-persistence.ts';

export interface QueueService extends Service {
  urlOf(name: string): string;
  /** Makes the queue, or gives an existing one these attributes; its messages stay. */
  createQueue(name: string, attributes: Readonly<Record<string, string>>): void;
}

/** Starts fauxqs on the SQLite file in `folder`; queues and messages that an earlier run left there are kept. */
export async function startQueues(folder: string): Promise<QueueService> {
  const store = new SqsStore();
  store.region = LOCAL_REGION;
  store.host = ''; // queue URLs then have the address that the client used
  const persistence = new QueuePersistence(folder);
  persistence.loadSqsAndSns(store, new SnsStore()); // before it is attached, or loading would write
  store.persistence = persistence;
  for (const queue of store.allQueues()) queue.persistence = persistence;

  const stores = { sqsStore: store, snsStore: new SnsStore(), s3Store: new S3Store() };
  const app = buildApp({ logger: false, stores });
  app.addHook('onRequest', async (request, reply) => {
    if (!isCalledByUs(request.raw)) await reply.code(UNKNOWN_CALLER.status).send(UNKNOWN_CALLER.body);
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });

  const urlOf = (name: string) => `${url}/${LOCAL_ACCOUNT}/${name}`;
  return {
    url,
    urlOf,
    createQueue(name, attributes) {
      const existing = store.getQueueByName(name);
      if (existing) existing.setAttributes({ ...attributes });
      else store.createQueue(name, urlOf(name), queueArn(name), { ...attributes });
    },
    async close() {
      await app.close();
      persistence.close();
    },
  };
}

export function queueArn(name: string): string {
  return `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
}
