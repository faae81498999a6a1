import { once } from 'node:events';
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * `reset`: a connection breaks at every third answer. `slow`: each piece waits 300 ms. `hold`: requests vanish.
 * `mute`: requests arrive and their answers vanish, as in a time-out after success.
 */
export type ProxyMode = 'pass' | 'reset' | 'slow' | 'hold' | 'mute';

/** Stands between a client and a service, and breaks what goes through it. */
export interface TcpProxy {
  readonly url: string;
  mode: ProxyMode;
  /** Pieces slowed or swallowed, and connections broken, so far. */
  readonly faults: () => number;
  /** Nobody listens any more, until `listen`. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
  /** Lets so many more pieces pass, then swallows what comes; resolves when it has swallowed one. */
  trap(mode: 'hold' | 'mute', after: number): Promise<void>;
  close(): Promise<void>;
}

const SLOW_MS = 300;

export async function tcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  let answers = 0;
  let faults = 0;
  let trapped: { readonly mode: ProxyMode; left: number; readonly sprung: () => void } | undefined;

  /** Whether this piece vanishes. */
  function isSwallowed(swallowing: 'hold' | 'mute'): boolean {
    if (trapped?.mode === swallowing && trapped.left-- <= 0) {
      proxy.mode = swallowing;
      trapped.sprung();
      trapped = undefined;
    }
    return proxy.mode === swallowing;
  }

  function pipe(from: Socket, to: Socket, swallowing: 'hold' | 'mute'): void {
    let sent: Promise<unknown> = Promise.resolve();
    from.on('data', (piece) => {
      if (isSwallowed(swallowing)) {
        faults++;
        return;
      }
      if (swallowing === 'mute' && proxy.mode === 'reset' && ++answers % 3 === 0) {
        faults++;
        to.resetAndDestroy();
        from.destroy();
        return;
      }
      const wait = proxy.mode === 'slow' ? SLOW_MS : 0;
      if (wait > 0) faults++;
      sent = sent.then(() => (wait > 0 ? sleep(wait) : undefined)).then(() => void to.write(piece));
    });
    from.on('error', () => {}); // that connections break is the purpose
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  }

  async function listen(): Promise<void> {
    server = createServer((client) => {
      const service = connectTo(Number(targetPort), hostname);
      sockets.add(client).add(service);
      pipe(client, service, 'hold');
      pipe(service, client, 'mute');
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    port = address.port;
  }

  async function refuse(): Promise<void> {
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    faults += sockets.size;
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  const proxy: TcpProxy = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    mode: 'pass',
    faults: () => faults,
    refuse,
    listen,
    trap: (mode, left) => new Promise((sprung) => (trapped = { mode, left, sprung })),
    close: refuse,
  };
  await listen();
  return proxy;
}
