import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Turns } from "./turns.ts";

export interface HealthServer {
  url: string;
  close(): void;
}

/** `/healthz` of a worker: 200 while its loops run, 503 if one stalls; each with its ages. Uses no database. */
export function serveHealth({
  host,
  port,
  turns,
}: {
  host: string;
  port: number;
  turns: Pick<Turns, "list" | "standing">;
}): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (request.url !== "/healthz") return response.writeHead(404).end();
    const standing = turns.standing();
    const body = { status: standing.length === 0 ? "ok" : "standing still", turns: turns.list() };
    response.writeHead(standing.length === 0 ? 200 : 503, {
      "content-type": "application/json",
      "cache-control": "no-store",
    });
    return response.end(JSON.stringify(body));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const { port: ownPort } = server.address() as AddressInfo;
      server.unref();
      const name = host.includes(":") ? `[${host}]` : host;
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ url: `http://${name}:${ownPort}/healthz`, close });
    });
  });
}
