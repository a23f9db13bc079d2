import type { SourceSpec } from "#domain/source.ts";
import { openCloudMonitoring } from "#server/adapters/cloud-monitoring.ts";
import type { CollectorKind } from "./collector.ts";

/** Google Cloud Monitoring samples every minute: looking more often finds nothing new. */
export function cloudMonitoringCollector(emulatorHost: string | null): CollectorKind {
  return {
    everySeconds: 60,
    boundSeconds: 50,
    open: async ({ cloudMonitoring }: SourceSpec) => {
      if (!cloudMonitoring) throw new Error("The source is not a Cloud Monitoring source.");
      return openCloudMonitoring(cloudMonitoring, { emulatorHost });
    },
  };
}
