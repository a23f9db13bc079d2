import { type Config, isStartedByNpm, readConfig } from "#server/config.ts";
import { createLog } from "#server/process/log.ts";
import { onLauncherGone } from "./launcher-gone.ts";
import { runProduct } from "./run-product.ts";

// npm start, and npm run demo with --demo: everything of Tidemark on this machine, until Ctrl-C.
const demo = process.argv.includes("--demo");
// A reader that goes away (`npm start | head`) must not take the product with it.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

// Who ends npm means the product, and npm cannot always pass that on.
if (isStartedByNpm()) onLauncherGone(() => process.emit("SIGTERM"));

try {
  const config = readSettings();
  const log = createLog({ name: "tidemark", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
  await runProduct({ config, log, demo, signals: process });
  process.exit(0);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

/** A demo is for people, and keeps apart from what one may run in earnest. */
function readSettings(): Config {
  return readConfig(undefined, demo ? { TIDEMARK_DATA_DIR: ".tidemark-demo", TIDEMARK_LOG_FORMAT: "text" } : {});
}
