import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export interface TcpProxy {
  /** The given URL routed through the proxy. */
  url: string;
  /** Open connections carry nothing any more, in either direction, and stay open; new ones work. As after a failover. */
  deafen(): void;
  /** New connections are accepted and get no data, nor do open ones: a frozen host. */
  freeze(): void;
  /** Connections break, and new ones are refused. */
  refuse(): Promise<void>;
  /** New connections work again; stalled ones stay so. */
  restore(): Promise<void>;
  stop(): Promise<void>;
}

/** Sits between Tidemark and its PostgreSQL, and simulates network failures. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<[Socket, Socket]>();
  let frozen = false;
  let server = await listen(0);
  const ownPort = (server.address() as AddressInfo).port;
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(ownPort);

  async function listen(atPort: number): Promise<Server> {
    const next = createServer(carry);
    next.listen(atPort, "127.0.0.1");
    await once(next, "listening");
    return next;
  }
  function carry(near: Socket): void {
    const far = connect(Number(port), hostname);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const socket of pair) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        // A stalled connection does not forward its end either.
        if (!deaf.has(pair)) for (const each of pair) each.destroy();
        if (near.destroyed && far.destroyed) pairs.delete(pair);
      });
    }
    near.pipe(far);
    far.pipe(near);
    if (frozen) mute(pair);
  }
  const deaf = new WeakSet<[Socket, Socket]>();
  function mute(pair: [Socket, Socket]): void {
    deaf.add(pair);
    const [near, far] = pair;
    near.unpipe(far);
    far.unpipe(near);
    // Read and discarded, as a kernel acknowledges data that no program reads.
    for (const socket of pair) socket.resume();
  }
  const breakAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  const close = async () => {
    if (!server.listening) return;
    server.close();
    breakAll();
    await once(server, "close");
  };
  return {
    url: url.href,
    deafen: () => pairs.forEach(mute),
    freeze() {
      frozen = true;
      pairs.forEach(mute);
    },
    refuse: close,
    async restore() {
      frozen = false;
      if (!server.listening) server = await listen(ownPort);
    },
    stop: close,
  };
}
