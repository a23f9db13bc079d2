import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { childEnvironment } from "#server/config.ts";
import { until } from "#test/until.ts";
import { freePort, type Product } from "./start-product.ts";

const root = join(import.meta.dirname, "../..");

export interface WebProcess {
  url: string;
  stop(): Promise<void>;
}

/** One more web process beside a product's, with its administrator's token and an open dashboard. Ends with this process. */
export async function startWeb(
  product: Pick<Product, "dataFolder" | "token">,
  settings: Record<string, string>,
): Promise<WebProcess> {
  const port = settings.PORT ?? (await freePort());
  const env = childEnvironment({
    NODE_ENV: "production",
    PORT: String(port),
    TIDEMARK_DATA_DIR: product.dataFolder,
    TIDEMARK_ADMIN_TOKEN: product.token,
    TIDEMARK_DASHBOARD: "open",
    PUBSUB_PROJECT_ID: null,
    PUBSUB_EMULATOR_HOST: null,
    ...settings,
  });
  const web = spawn(process.execPath, [join(root, "workers/web/main.ts")], {
    cwd: root,
    env,
    stdio: ["pipe", "ignore", "inherit"],
  });
  const exited = once(web, "exit");
  const url = `http://127.0.0.1:${port}`;
  // Nothing judges the month of flights any more: behind from the start.
  await until("the web process is ready", async () => (await fetch(`${url}/readyz?serving`)).ok);
  return {
    url,
    async stop() {
      web.kill("SIGTERM");
      await exited;
    },
  };
}
