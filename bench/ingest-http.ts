import { spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { childEnvironment } from "#server/config.ts";
import type { CloudEvent } from "#simulator/messages.ts";
import { buildWebApp } from "#workers/web/build.ts";
import type { IngestPath } from "./ingest.ts";

const root = join(import.meta.dirname, "..");
const port = 3999;
const token = "tm_bench_bench_bench_bench";
const eventsARequest = 50;
const requestsAtOnce = 4;
const compress = promisify(gzip);

/** The product's own web server in production mode; bodies are batches of 50 events, gzipped before the clock starts. */
export async function startHttpPath(databaseUrl: string): Promise<IngestPath> {
  await buildWebApp({ say: (sentence) => process.stderr.write(`${sentence}\n`) });
  const web = spawn(process.execPath, [join(root, "workers/web/main.ts")], {
    cwd: root,
    stdio: ["pipe", "ignore", "inherit"],
    env: childEnvironment({
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      TIDEMARK_ADMIN_TOKEN: token,
      NODE_ENV: "production",
      TIDEMARK_LOG_LEVEL: "warn",
    }),
  });
  await untilReady();
  return {
    name: "HTTP",
    pid: web.pid ?? 0,
    run: async (events) => {
      const bodies = await Promise.all(chunked(events, eventsARequest).map((chunk) => compress(JSON.stringify(chunk))));
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: requestsAtOnce }, () => drain(bodies)));
      return (performance.now() - startedAt) / 1000;
    },
    stop: async () => {
      const exited = new Promise((resolve) => web.once("exit", resolve));
      web.kill("SIGTERM");
      await exited;
    },
  };
}

/** Several of these share the bodies: each takes the next until none is left. */
async function drain(bodies: Buffer[]): Promise<void> {
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

async function untilReady(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz?serving`).catch(() => null);
    if (ready?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The web server did not become ready within 30 s.");
}
