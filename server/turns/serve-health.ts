import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Turns } from "./turns.ts";

export interface HealthServer {
  /** Of `/healthz`. */
  url: string;
  close(): void;
}

export interface HealthOptions {
  host: string;
  /** 0: a free one. */
  port: number;
  turns: Pick<Turns, "list" | "standing" | "writtenAgeSeconds">;
}

/** It writes every other second. */
const writtenWithinSeconds = 15;

/**
 * A worker's own endpoints. None waits for the database.
 * `/healthz`: 503 if one of its loops stalls; each with its ages. `/readyz`: 503 with reasons, also until it has written to the database,
 * so that a rollout stops at a version that cannot. `/metrics`: Prometheus text about the process.
 */
export function serveHealth({ host, port, turns }: HealthOptions): Promise<HealthServer> {
  const answers: Record<string, (response: ServerResponse) => unknown> = {
    "/healthz": (response) => {
      const isWell = turns.standing().length === 0;
      answerJson(response, isWell ? 200 : 503, { status: isWell ? "ok" : "standing still", turns: turns.list() });
    },
    "/readyz": (response) => {
      const reasons = whyNotReady(turns);
      const isReady = reasons.length === 0;
      answerJson(response, isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", reasons });
    },
    "/metrics": async (response) => {
      const { writeWorkerMetrics } = await import("./worker-metrics.ts");
      const { contentType, text } = await writeWorkerMetrics(turns.list(), isWriting(turns));
      response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" }).end(text);
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url?.split("?")[0] ?? ""];
    if (answer === undefined) return response.writeHead(404).end();
    return answer(response);
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

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

function isWriting(turns: HealthOptions["turns"]): boolean {
  const age = turns.writtenAgeSeconds();
  return age !== null && age <= writtenWithinSeconds;
}

function whyNotReady(turns: HealthOptions["turns"]): string[] {
  const reasons = turns.standing().map(({ turn, ageSeconds, allowedSeconds }) => {
    return `The loop "${turn}" has stalled for ${ageSeconds} s (limit ${allowedSeconds} s).`;
  });
  if (isWriting(turns)) return reasons;
  const age = turns.writtenAgeSeconds();
  const since = age === null ? "has not written to the database yet" : `has not written to the database for ${age} s`;
  return [
    ...reasons,
    `This process ${since}: check that the database runs and takes writes, and that DATABASE_URL names it.`,
  ];
}
