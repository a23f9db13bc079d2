import { type Config, isStartedByNpm, readConfig, requireKnownSettings } from "#server/config.ts";
import { createLog } from "#server/process/log.ts";
import { reachFromElsewhere } from "#server/settings/loopback.ts";
import { checkAdminToken } from "#server/settings/sign-in.ts";
import { runProduct } from "./run-product.ts";

// npm start, and npm run demo with --demo: all of Tidemark on this machine, until Ctrl-C.
const demo = process.argv.includes("--demo");
// A closed pipe (`npm start | head`) must not end the product.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

// Ending npm should end the product, and npm cannot always forward the signal.
if (isStartedByNpm()) onLauncherGone(() => process.emit("SIGTERM"));

try {
  requireKnownSettings();
  const config = readSettings();
  const log = createLog({ name: "tidemark", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
  const weakness = checkAdminToken(config);
  if (weakness !== null) log.warn(weakness);
  await runProduct({ config, log, demo, signals: process });
  process.exit(0);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

/** A demo is for looking, and kept apart from an installation that may be in use. Its pages are open, to this machine only. */
function readSettings(): Config {
  if (!demo) return readConfig();
  const defaults = { TIDEMARK_DATA_DIR: ".tidemark-demo", TIDEMARK_LOG_FORMAT: "text" };
  const config = readConfig(undefined, defaults);
  if (reachFromElsewhere(config) !== null) return config;
  return readConfig(undefined, { ...defaults, TIDEMARK_DASHBOARD: "open" });
}

/** Calls back once when the parent process is gone, also after kill -9: this one then has another parent. */
function onLauncherGone(callback: () => void): void {
  const launcher = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(timer);
    callback();
  }, 1_000);
  timer.unref();
}
