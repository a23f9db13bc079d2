import { onJudgedBy } from "../on-judged.ts";
import { openWorker } from "../open-worker.ts";
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
    rejectedBytes: config.TIDEMARK_RETENTION_REJECTED_BYTES,
    alertsSeconds: config.TIDEMARK_RETENTION_ALERTS,
    packAfterSeconds: config.TIDEMARK_COMPACT_AFTER,
  },
});
const addingUp = rollUpServiceLevels({ ...worker.parts, wait });
const judgingPast = workOffHourTasks({ ...worker.parts, wait, onJudged: onJudgedBy(config) });
worker.endAfter([maintaining, addingUp, judgingPast]);
