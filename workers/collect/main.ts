import { setTimeout as sleep } from "node:timers/promises";
import { googleToken } from "#server/adapters/bigquery.ts";
import { openEgress } from "#server/adapters/egress.ts";
import { openMetricWriter } from "#server/adapters/metric-writer.ts";
import { egressOf, readSecret } from "#server/config.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { requireKafka } from "#server/settings/required-settings.ts";
import { openWorker } from "../open-worker.ts";
import { bigQueryCollector } from "./bigquery.ts";
import { cloudMonitoringCollector } from "./cloud-monitoring-collector.ts";
import { cloudStorageCollector } from "./cloud-storage.ts";
import type { Collectors } from "./collector.ts";
import { exportMetrics } from "./export-loop.ts";
import { icebergCollector } from "./iceberg.ts";
import { type KafkaCollectorDeps, kafkaCollector } from "./kafka-collector.ts";
import { collectAll } from "./loop.ts";

const worker = openWorker({ name: "collect", work: "collect", turns: ["collect"], maxConnections: 4 });
const { config, wait } = worker;
const { database, clock } = worker.parts.ctx;
const writer = new BatchWriter({
  database,
  clock,
  instance: worker.parts.instance,
  oldestHourSeconds: config.TIDEMARK_OLDEST_HOUR,
  newNamesPerHour: config.TIDEMARK_NEW_NAMES_PER_HOUR,
});
const kafka = config.KAFKA_BROKERS === null ? null : await openKafkaLags();
const collectors: Collectors = {
  cloudMonitoring: cloudMonitoringCollector(config.MONITORING_EMULATOR_HOST),
  bigQuery: bigQueryCollector({ egress: openEgress(egressOf(config)), token: googleToken() }),
  cloudStorage: cloudStorageCollector({ emulatorHost: config.PUBSUB_EMULATOR_HOST }),
  iceberg: icebergCollector({ egress: openEgress(egressOf(config)), readSecret }),
  kafka: kafkaCollector({ openReader: kafka }),
};
const collecting = collectAll({ ...worker.parts, wait, writer, collectors });
worker.endAfter([collecting, ...exporting()], () => writer.drain());

/** What is written to Google, by the process that asks it too: no other one needs its credentials for Cloud Monitoring. */
function exporting(): Promise<void>[] {
  const project = config.TIDEMARK_MONITORING_EXPORT_PROJECT;
  if (project === null) return [];
  const { MONITORING_EMULATOR_HOST: emulatorHost, TIDEMARK_MONITORING_EXPORT_NAMESPACE: namespace } = config;
  const { signal } = worker.parts;
  return [
    exportMetrics({
      ...worker.parts,
      project,
      eventTypes: config.TIDEMARK_MONITORING_EXPORT_EVENT_TYPES,
      openWriter: () => openMetricWriter({ project, namespace, emulatorHost }),
      realNow: () => new Date(),
      pause: (realMs) => sleep(realMs, undefined, { signal }).catch(() => undefined),
    }),
  ];
}

/** Each client is loaded with what first needs it: without sources the process has none. */
async function openKafkaLags(): Promise<KafkaCollectorDeps["openReader"]> {
  const settings = await requireKafka(config);
  const { openLagReader } = await import("#server/adapters/kafka-lag.ts");
  return (group) => openLagReader(settings, group);
}
