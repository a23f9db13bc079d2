import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

// Longer than any load balancer's, so that we never close a connection with a request on its way.
const keepAliveMs = 75_000;
const headersMs = 15_000;
/** For a whole request: 16 MiB of events over 2.2 Mbit/s. */
const requestMs = 60_000;
const checkEveryMs = 2_000;

/** Node's own HTTP server, with time limits for whoever sends slowly. */
export function createWebServer(answer: Answer): Server {
  return createServer(
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
}
