import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { blockOf } from "./client-address.ts";
import type { SlowRefusals } from "./slow-refusals.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

// Longer than any load balancer's, so that we never close a connection with a request on its way.
const keepAliveMs = 75_000;
const headersMs = 15_000;
/** For a whole request: 16 MiB of events over 2.2 Mbit/s. */
const requestMs = 60_000;
const checkEveryMs = 2_000;

/** Node's own HTTP server, with time limits for whoever sends slowly, and its answers to what is not HTTP as slow as any refusal. */
export function createWebServer(answer: Answer, slow: SlowRefusals): Server {
  const server = createServer(
    {
      keepAliveTimeout: keepAliveMs,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkEveryMs,
      // Next listens for upgrades, which it needs in development, and would cut a client that offers HTTP/2 (`Upgrade: h2c`, as Java's does).
      shouldUpgradeCallback: () => false,
    },
    answer,
  );
  server.on("clientError", async ({ code = "" }: NodeJS.ErrnoException, socket: Socket) => {
    const status = parserStatus[code] ?? 400;
    await slow.hold(blockOf(socket.remoteAddress ?? ""), status);
    if (!socket.writable) return socket.destroy();
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`, () => socket.destroy());
  });
  return server;
}

/** What Node's parser complains of, as Node answers it by itself. */
const parserStatus: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
