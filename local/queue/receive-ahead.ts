import type { MappedQueue, ReceivedMessage } from './mapped-queue.ts';

/**
 * Batches that wait for a free invocation. More of them would be hidden for longer, and save no
 * time.
 */
const AHEAD = 1;

/** What one receive gave, at least one message. */
export interface Received {
  readonly messages: readonly ReceivedMessage[];
  /** When it was received, epoch milliseconds. The messages are hidden from then on. */
  readonly at: number;
}

export interface Source {
  readonly queue: MappedQueue;
  readonly batchSize: number;
}

/**
 * Receives one batch ahead while all invocations are busy, as Lambda itself does. Whoever is free
 * next need not wait for the queue. Nothing overtakes, as the queue keeps a group back until what
 * it handed out of it is deleted.
 */
export class ReceiveAhead {
  readonly #source: Source;
  readonly #stopping: AbortSignal;
  readonly #ready: Received[] = [];
  readonly #waiting: ((received: Received | undefined) => void)[] = [];
  #room = Promise.withResolvers<void>();

  constructor(source: Source, stopping: AbortSignal) {
    this.#source = source;
    this.#stopping = stopping;
    stopping.addEventListener('abort', () => {
      for (const resolve of this.#waiting.splice(0)) resolve(undefined);
      this.#room.resolve();
    });
  }

  /** Takes the next batch; undefined when the mapping stops. */
  take(): Promise<Received | undefined> {
    if (this.#stopping.aborted) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Received | undefined>();
    const received = this.#ready.shift();
    if (received) resolve(received);
    else this.#waiting.push(resolve);
    this.#room.resolve();
    return promise;
  }

  /** Receives until the mapping stops. Throws when the queue cannot be read. */
  async run(): Promise<void> {
    while (!this.#stopping.aborted) {
      if (this.#ready.length >= AHEAD) {
        this.#room = Promise.withResolvers();
        await this.#room.promise;
        continue;
      }
      const messages = await this.#source.queue.receive(this.#source.batchSize, this.#stopping);
      if (messages.length > 0) this.#hand({ messages, at: Date.now() });
    }
  }

  /** Gives back what nobody has taken. Left alone it would stay hidden. */
  async giveBack(): Promise<void> {
    for (const { messages } of this.#ready.splice(0))
      await this.#source.queue.giveBack(messages.map(({ ReceiptHandle }) => ReceiptHandle));
  }

  #hand(received: Received): void {
    const resolve = this.#waiting.shift();
    if (resolve) resolve(received);
    else this.#ready.push(received);
  }
}
