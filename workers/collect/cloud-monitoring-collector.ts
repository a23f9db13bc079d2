import type { SourceSpec } from "#domain/source.ts";
import { type Listed, openCloudMonitoring } from "#server/adapters/cloud-monitoring.ts";
import { MonitoringAnswers } from "#server/adapters/monitoring-answers.ts";
import type { CollectorKind } from "./collector.ts";

/** Google Cloud Monitoring samples every minute: looking more often finds nothing new. */
export function cloudMonitoringCollector(emulatorHost: string | null): CollectorKind {
  const answers = new MonitoringAnswers<Listed>();
  return {
    everySeconds: 60,
    boundSeconds: 50,
    open: async ({ cloudMonitoring }: SourceSpec) => {
      if (!cloudMonitoring) throw new Error("The source is not a Cloud Monitoring source.");
      return openCloudMonitoring(cloudMonitoring, { emulatorHost }, answers);
    },
  };
}
