import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { childEnvironment } from "#server/config.ts";
import { readRuntime } from "#server/runtime-file.ts";
import { freePort, type Product } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";

const root = join(import.meta.dirname, "..");

/** A second web process on a product's database, whose pages are for those only who sign in. Ends with this process. */
export async function startPrivateDashboard(
  product: Product,
  settings: Record<string, string>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const runtime = await readRuntime(product.dataFolder);
  const port = await freePort();
  const env = childEnvironment({
    ...settings,
    NODE_ENV: "production",
    PORT: String(port),
    DATABASE_URL: runtime?.databaseUrl ?? null,
    TIDEMARK_DATA_DIR: product.dataFolder,
    TIDEMARK_ADMIN_TOKEN: product.token,
    TIDEMARK_DASHBOARD: "private",
    PUBSUB_PROJECT_ID: null,
    PUBSUB_EMULATOR_HOST: null,
  });
  const web = spawn(process.execPath, [join(root, "workers/web/main.ts")], {
    cwd: root,
    env,
    stdio: ["pipe", "ignore", "inherit"],
  });
  const exited = once(web, "exit");
  const url = `http://127.0.0.1:${port}`;
  await until("the private dashboard is ready", async () => (await fetch(`${url}/readyz`)).ok);
  return {
    url,
    async stop() {
      web.kill("SIGTERM");
      await exited;
    },
  };
}
