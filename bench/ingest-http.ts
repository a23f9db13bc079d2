import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { CloudEvent } from "#simulator/messages.ts";
import type { IngestPath } from "./ingest.ts";
import { startWebProcess } from "./web-process.ts";

const port = 3999;
const eventsARequest = 50;
const requestsAtOnce = 4;
const compress = promisify(gzip);

/** The product's own web server in production mode; bodies are batches of 50 events, gzipped before the clock starts. */
export async function startHttpPath(databaseUrl: string): Promise<IngestPath> {
  const web = await startWebProcess(databaseUrl, port);
  return {
    name: "HTTP",
    pid: web.pid,
    broker: null,
    run: async (events) => {
      const bodies = await Promise.all(chunked(events, eventsARequest).map((chunk) => compress(JSON.stringify(chunk))));
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: requestsAtOnce }, () => drain(bodies, web.token)));
      return (performance.now() - startedAt) / 1000;
    },
    stop: web.stop,
  };
}

/** Several of these share the bodies: each takes the next until none is left. */
async function drain(bodies: Buffer[], token: string): Promise<void> {
  for (let body = bodies.shift(); body; body = bodies.shift()) {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/events`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/cloudevents-batch+json",
        "content-encoding": "gzip",
      },
      body: new Uint8Array(body),
    });
    if (response.status !== 202) throw new Error(`answered ${response.status}: ${await response.text()}`);
    await response.body?.cancel();
  }
}

function chunked(events: readonly CloudEvent[], size: number): CloudEvent[][] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, index) =>
    events.slice(index * size, (index + 1) * size),
  );
}
