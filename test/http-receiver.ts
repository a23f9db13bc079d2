import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
  /** The body, not decoded. */
  bytes: Buffer;
  /** performance.now() */
  atMs: number;
}

export interface HttpReceiver {
  url: string;
  readonly received: Received[];
  /** The answer to the next requests; `hang` answers nothing. */
  answer(how: Answer): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export type Answer = "hang" | { status: number; headers?: Record<string, string>; body?: string | Buffer };

/** An external service on loopback, controlled by the test. */
export async function startHttpReceiver(first: Answer = { status: 200, body: "ok" }): Promise<HttpReceiver> {
  let how = first;
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const bytes = Buffer.concat(chunks);
      received.push({
        path: request.url ?? "",
        headers,
        body: bytes.toString("utf8"),
        bytes,
        atMs: performance.now(),
      });
      if (how === "hang") return;
      response.writeHead(how.status, how.headers);
      response.end(how.body ?? "");
    });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer(next) {
      how = next;
    },
    start: () => listen(port),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
