import { Session } from "./session.ts";

export interface NotificationListener {
  close(): Promise<void>;
}

export interface ListenOptions {
  url: string;
  channel: string;
  onNotification(payload: string): void;
  /** Called after each (re)connection: notifications in between were missed, so check everything once. */
  onConnected(): void;
}

const reconnectMs = 1_000;

/** LISTENs on a dedicated connection and reconnects without limit. */
export function listen(options: ListenOptions): NotificationListener {
  let client: Session | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const retry = () => {
    client = null;
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, reconnectMs);
  };

  const connect = async () => {
    const next = new Session({
      connectionString: options.url,
      application_name: "tidemark listen",
      work: "listen",
      heartbeat: true,
    });
    client = next;
    next.on("end", retry);
    next.on("notification", (message) => options.onNotification(message.payload ?? ""));
    try {
      await next.connect();
      await next.query(`LISTEN ${next.escapeIdentifier(options.channel)}`);
      options.onConnected();
    } catch {
      await next.end().catch(() => undefined);
      retry();
    }
  };

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
