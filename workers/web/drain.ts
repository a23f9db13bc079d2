import type { Server, ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than a proxy takes between choosing a kept connection and sending on it. */
const idleMs = 1_000;
const sweepMs = 50;

export interface Drain {
  /** From now on each answer is its connection's last (`Connection: close`). New connections are still accepted. */
  begin(): void;
  /** Accepts no more and returns once every connection has ended; those left after `patienceMs` are cut. */
  finish(patienceMs: number): Promise<void>;
}

/** Ends a server's connections without cutting a request that is on its way. */
export function createDrain(server: Server): Drain {
  const answering = new Set<ServerResponse>();
  let begun = false;
  server.prependListener("request", (_, response) => {
    if (begun) endConnectionAfter(response);
    answering.add(response);
    response.once("close", () => answering.delete(response));
  });
  return {
    begin() {
      begun = true;
      for (const response of answering) endConnectionAfter(response);
    },
    async finish(patienceMs) {
      // What the system accepted before is handed over first: it would be reset.
      await new Promise((resolve) => setImmediate(resolve));
      // Not http's own close(), which cuts idle connections at once: a proxy may be sending on one of them.
      const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
      const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
      await Promise.race([closed, sleep(idleMs)]);
      const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
}

function endConnectionAfter(response: ServerResponse): void {
  if (!response.headersSent) response.shouldKeepAlive = false;
}
