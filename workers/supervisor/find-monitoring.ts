import type { Config } from "#server/config.ts";
import { createClock } from "#server/process/clock.ts";

export interface Monitoring {
  /** For MONITORING_EMULATOR_HOST; null: Google's service. */
  emulatorHost: string | null;
  /** The demo's look-alike of Cloud Monitoring: where the fleet puts series, and of which project; null: there is none. */
  demo: { url: string; project: string } | null;
  stop(): Promise<void>;
}

export const demoProject = "tidemark-demo";
/** Collections read the newest points only. */
const keptMs = 30 * 60_000;

/** The Cloud Monitoring from the settings; for a demo without one, a look-alike in this process. */
export async function findMonitoring(
  config: Config,
  { demo, clockStartedAtMs }: { demo: boolean; clockStartedAtMs: number },
): Promise<Monitoring> {
  const emulatorHost = config.MONITORING_EMULATOR_HOST;
  if (!demo || emulatorHost !== null) return { emulatorHost, demo: null, stop: async () => undefined };
  // It loads gRPC and Google's protos, which nothing else in this process needs.
  const { startMonitoringEmulator } = await import("#server/adapters/monitoring-emulator/start-monitoring-emulator.ts");
  const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: clockStartedAtMs });
  const emulator = await startMonitoringEmulator({
    now: () => clock.now().getTime(),
    door: true,
    retentionMs: keptMs,
  });
  return {
    emulatorHost: emulator.host,
    demo: emulator.doorUrl === null ? null : { url: emulator.doorUrl, project: demoProject },
    stop: async () => emulator.stop(),
  };
}
