import { BatchWriter } from "#server/facts/index.ts";
import { openWorker } from "../open-worker.ts";
import type { Collectors } from "./collector.ts";
import { collectAll } from "./loop.ts";

const worker = openWorker({ name: "collect", work: "collect", turns: ["collect"], maxConnections: 4 });
const { config, wait } = worker;
const { database, clock } = worker.parts.ctx;
const writer = new BatchWriter({
  database,
  clock,
  instance: worker.parts.instance,
  keepFactsSeconds: config.TIDEMARK_RETENTION_FACTS,
  oldestHourSeconds: config.TIDEMARK_OLDEST_HOUR,
  newNamesPerHour: config.TIDEMARK_NEW_NAMES_PER_HOUR,
});
const collectors: Collectors = {};
worker.endAfter([collectAll({ ...worker.parts, wait, writer, collectors })], () => writer.drain());
