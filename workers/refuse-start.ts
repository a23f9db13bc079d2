import { ConfigError } from "#server/config.ts";

/** EX_CONFIG of sysexits.h: starting the process again does not help (systemd: `RestartPreventExitStatus=78`). */
const configExit = 78;

/** An invalid or missing setting ends the process with its sentence alone; every other error keeps Node's report of it. */
export function refuseStartOnConfigError(): void {
  process.on("uncaughtExceptionMonitor", (error) => {
    if (!(error instanceof ConfigError)) return;
    process.stderr.write(`${error.message}\n`);
    process.exit(configExit);
  });
}
