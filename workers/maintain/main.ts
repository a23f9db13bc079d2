import { setTimeout as sleep } from "node:timers/promises";
import { openMetricWriter } from "#server/adapters/metric-writer.ts";
import { onJudgedBy } from "../on-judged.ts";
import { openWorker } from "../open-worker.ts";
import { exportMetrics } from "./export-loop.ts";
import { workOffHourTasks } from "./hour-task-loop.ts";
import { maintain } from "./loop.ts";
import { rollUpServiceLevels } from "./slo-loop.ts";

const worker = openWorker({
  name: "maintain",
  work: "maintain",
  turns: ["maintain", "roll-up", "digests", "past-hours"],
  maxConnections: 3,
});
const { config, wait } = worker;
const maintaining = maintain({
  ...worker.parts,
  wait,
  keep: {
    factsSeconds: config.TIDEMARK_RETENTION_FACTS,
    verdictsSeconds: config.TIDEMARK_RETENTION_VERDICTS,
    rejectedSeconds: config.TIDEMARK_RETENTION_REJECTED,
    alertsSeconds: config.TIDEMARK_RETENTION_ALERTS,
    packAfterSeconds: config.TIDEMARK_COMPACT_AFTER,
  },
});
const addingUp = rollUpServiceLevels({ ...worker.parts, wait });
const judgingPast = workOffHourTasks({ ...worker.parts, wait, onJudged: onJudgedBy(config) });
const project = config.TIDEMARK_MONITORING_EXPORT_PROJECT;
const { MONITORING_EMULATOR_HOST: emulatorHost, TIDEMARK_MONITORING_EXPORT_NAMESPACE: namespace } = config;
const { signal } = worker.parts;
const exporting =
  project === null
    ? null
    : exportMetrics({
        ...worker.parts,
        project,
        eventTypes: config.TIDEMARK_MONITORING_EXPORT_EVENT_TYPES,
        openWriter: () => openMetricWriter({ project, namespace, emulatorHost }),
        realNow: () => new Date(),
        pause: (realMs) => sleep(realMs, undefined, { signal }).catch(() => undefined),
      });
worker.endAfter([maintaining, addingUp, judgingPast, ...(exporting ? [exporting] : [])]);
