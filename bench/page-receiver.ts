import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Received {
  status: string;
  alerts: { status: string; labels: Record<string, string>; generatorURL: string }[];
}

export interface Arrival {
  /** performance.now() when the page's last byte arrived. */
  atMs: number;
  /** The page's stated origin: for ours, the incident. */
  source: string;
}

export interface PageReceiver {
  /** The receiver of one sender's pages; each sender compared has a name of its own. */
  urlFor(who: string): string;
  /** The first page about the type; rejects if none comes. */
  arrivalOf(who: string, eventType: string, withinMs: number): Promise<Arrival>;
  /** The number of pages from one sender. */
  count(who: string): number;
  stop(): Promise<void>;
}

/** The bench's on-call phone: accepts webhooks in Alertmanager's format and records when they came. */
export async function startPageReceiver(): Promise<PageReceiver> {
  const arrivals = new Map<string, Arrival>();
  const waiting = new Map<string, (arrival: Arrival) => void>();
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const who = (request.url ?? "/").slice(1);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const atMs = performance.now();
      response.writeHead(204).end();
      const received = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Received;
      if (received.status !== "firing") return;
      counts.set(who, (counts.get(who) ?? 0) + 1);
      for (const { labels, generatorURL } of received.alerts.filter(({ status }) => status === "firing")) {
        const key = `${who} ${labels.eventType}`;
        if (arrivals.has(key)) continue;
        const arrival = { atMs, source: generatorURL };
        arrivals.set(key, arrival);
        waiting.get(key)?.(arrival);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlFor: (who) => `http://127.0.0.1:${port}/${who}`,
    count: (who) => counts.get(who) ?? 0,
    arrivalOf: (who, eventType, withinMs) => {
      const key = `${who} ${eventType}`;
      const arrived = arrivals.get(key);
      if (arrived) return Promise.resolve(arrived);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${who} sent no page about ${eventType}.`)), withinMs);
        waiting.set(key, (arrival) => {
          clearTimeout(timer);
          resolve(arrival);
        });
      });
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
