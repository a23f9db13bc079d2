import { spawn } from "node:child_process";
import { join } from "node:path";
import { childEnvironment } from "#server/config.ts";
import { buildWebApp } from "#workers/web/build.ts";

const root = join(import.meta.dirname, "..");

export interface WebProcess {
  port: number;
  token: string;
  pid: number;
  get(path: string): Promise<string>;
  post(path: string, body: unknown, contentType: string): Promise<void>;
  stop(): Promise<void>;
}

/** The product's own web server in production mode, in a process of its own. */
export async function startWebProcess(databaseUrl: string, port: number): Promise<WebProcess> {
  await buildWebApp({ say: (sentence) => process.stderr.write(`${sentence}\n`) });
  const token = "tm_bench_bench_bench_bench_bench_bench";
  const web = spawn(process.execPath, [join(root, "workers/web/main.ts")], {
    cwd: root,
    stdio: ["pipe", "ignore", "inherit"],
    env: childEnvironment({
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      TIDEMARK_ADMIN_TOKEN: token,
      TIDEMARK_DASHBOARD: "open",
      TIDEMARK_DATA_DIR: null,
      NODE_ENV: "production",
      TIDEMARK_LOG_LEVEL: "warn",
    }),
  });
  const call = async (path: string, init: RequestInit) => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return text;
  };
  const stop = async () => {
    const exited = new Promise((resolve) => web.once("exit", resolve));
    web.kill("SIGTERM");
    await exited;
  };
  for (let attempt = 0; ; attempt += 1) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz?serving`).catch(() => null);
    if (ready?.ok) break;
    if (attempt === 300) {
      await stop();
      throw new Error("The web server did not become ready within 30 s.");
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    port,
    token,
    pid: web.pid ?? 0,
    get: (path) => call(path, {}),
    post: async (path, body, contentType) => {
      await call(path, { method: "POST", headers: { "content-type": contentType }, body: JSON.stringify(body) });
    },
    stop,
  };
}
