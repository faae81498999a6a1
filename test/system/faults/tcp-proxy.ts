import { once } from 'node:events';
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How the proxy treats what passes. `reset`: a connection breaks at every third answer. `slow`:
 * each piece waits 300 ms. `hold`: requests vanish. `mute`: requests come through and their answers
 * vanish, as in a time-out after success.
 */
export type ProxyMode = 'pass' | 'reset' | 'slow' | 'hold' | 'mute';

const SLOW_MS = 300;

export async function tcpProxy(target: string): Promise<TcpProxy> {
  const proxy = new TcpProxy(target);
  await proxy.listen();
  return proxy;
}

/** Stands between a client and a service, and breaks what goes through it. */
export class TcpProxy {
  mode: ProxyMode = 'pass';
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #answers = 0;
  #faults = 0;
  #trap: { readonly mode: ProxyMode; left: number; readonly sprung: () => void } | undefined;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /**
   * Number of faults so far: pieces that were slowed or swallowed, and connections that were
   * broken.
   */
  readonly faults = (): number => this.#faults;

  async listen(): Promise<void> {
    const server = createServer((client) => {
      const service = connectTo(Number(this.#target.port), this.#target.hostname);
      this.#sockets.add(client).add(service);
      this.#pipe(client, service, 'hold');
      this.#pipe(service, client, 'mute');
    });
    this.#server = server;
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    this.#port = address.port;
  }

  /** Refuses connections until `listen`. */
  readonly refuse = async (): Promise<void> => {
    if (!this.#server?.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#faults += this.#sockets.size;
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  };

  /** Ends the proxy for good. */
  readonly close = this.refuse;

  /**
   * Lets so many more pieces pass, then swallows what comes. Resolves when it has swallowed one.
   */
  trap(mode: 'hold' | 'mute', after: number): Promise<void> {
    return new Promise((sprung) => {
      this.#trap = { mode, left: after, sprung };
    });
  }

  #pipe(from: Socket, to: Socket, swallowing: 'hold' | 'mute'): void {
    let sent: Promise<unknown> = Promise.resolve();
    from.on('data', (piece) => {
      if (this.#isSwallowed(swallowing)) {
        this.#faults++;
        return;
      }
      if (swallowing === 'mute' && this.mode === 'reset' && ++this.#answers % 3 === 0) {
        this.#faults++;
        to.resetAndDestroy();
        from.destroy();
        return;
      }
      const wait = this.mode === 'slow' ? SLOW_MS : 0;
      if (wait > 0) this.#faults++;
      sent = sent.then(() => (wait > 0 ? sleep(wait) : undefined)).then(() => void to.write(piece));
    });
    from.on('error', () => {}); // that connections break is the purpose
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }

  /** Tells whether this piece vanishes. */
  #isSwallowed(swallowing: 'hold' | 'mute'): boolean {
    if (this.#trap?.mode === swallowing && this.#trap.left-- <= 0) {
      this.mode = swallowing;
      this.#trap.sprung();
      this.#trap = undefined;
    }
    return this.mode === swallowing;
  }
}
