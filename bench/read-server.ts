import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Clock } from "#domain/clock.ts";
import { openAccess } from "#server/access/authenticate.ts";
import type { Database } from "#server/db/database.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { createApi } from "#server/http/app.ts";
import { ByteBudget } from "#server/http/byte-budget.ts";
import { TokenGuesses } from "#server/http/token-guesses.ts";
import { openChangeFeed } from "#server/verdicts/change-feed.ts";
import { openVerdictListener } from "#server/verdicts/verdict-listener.ts";

const token = "tm_bench";

export interface ReadServer {
  /** Reads the answer to its last byte; throws unless it is 200. Returns its length in bytes. */
  get(path: string): Promise<number>;
  stop(): Promise<void>;
}

/** The API behind Node's own HTTP server, and a client on one kept connection. */
export async function startReadServer(database: Database, clock: Clock): Promise<ReadServer> {
  const access = openAccess({ database, clock, adminToken: token, dashboard: "open" });
  const verdicts = openVerdictListener(database);
  const changes = openChangeFeed(database);
  const log = { error: console.error, warn: console.warn };
  const writer = new BatchWriter({ database, clock, instance: "bench" });
  const ingestBytes = new ByteBudget(256 * 1024 * 1024);
  const settings = {
    listSettings: () => [],
    version: "bench",
    drill: false,
    pubsub: false,
    tokenGuesses: new TokenGuesses(access),
    readSecret: () => null,
    checkDestination: async () => null,
  };
  const api = createApi({ database, clock, log, access, verdicts, changes, writer, ingestBytes, ...settings });

  const server = createServer(getRequestListener(api.fetch, { overrideGlobalObjects: false }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    get(path) {
      return new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}` };
        const asked = request({ host: "127.0.0.1", port, path, agent, headers }, (answer) => {
          let bytes = 0;
          answer.on("data", (chunk: Buffer) => {
            bytes += chunk.length;
          });
          answer.on("end", () => {
            if (answer.statusCode === 200) resolve(bytes);
            else reject(new Error(`${path} answered ${answer.statusCode}.`));
          });
        });
        asked.once("error", reject);
        asked.end();
      });
    },
    async stop() {
      agent.destroy();
      server.close();
      await verdicts.close();
    },
  };
}
