import type { SourceSpec } from "#domain/source.ts";
import {
  type MonitoringEmulator,
  startMonitoringEmulator,
} from "#server/adapters/monitoring-emulator/start-monitoring-emulator.ts";
import type { Database } from "#server/db/database.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { loadKnownReadings, loadSources, takeCollection } from "#server/sources/index.ts";
import { backlogAt } from "#simulator/backlog.ts";
import { catalogueYaml } from "#simulator/catalogue.ts";
import type { World } from "#simulator/drill/world.ts";
import { type Measuring, measuredSeries, sourceYaml } from "#simulator/measured.ts";
import { promisesYaml } from "#simulator/promises.ts";
import { runningAt } from "#simulator/releases.ts";
import type { Lane, Simulation } from "#simulator/simulation.ts";
import { watermarkAt } from "#simulator/travel.ts";
import type { ManualClock } from "#test/worker-context.ts";
import { cloudMonitoringCollector } from "#workers/collect/cloud-monitoring-collector.ts";
import type { Collector } from "#workers/collect/collector.ts";
import type { Teller } from "./teller.ts";

const minuteMs = 60_000;
const project = "music";
const lookBoundMs = 120_000;

/**
 * Nothing reports: Google measures each lane's subscription and Dataflow job, and the collector looks every minute. Points become visible as late as
 * Google documents.
 */
export function toldByMonitoring({ simulation }: World): Teller & { problems: ReadonlySet<string> } {
  const eventTypes = simulation.fleet.eventTypes.map(({ name }) => name);
  const source = sourceYaml(project, { eventTypes, component: "exporter" });
  const catalogue = [promisesYaml(), catalogueYaml(simulation), source].join("---\n");
  const measuring = measuringOf(simulation);
  let google: MonitoringEmulator | null = null;
  let looking: Looking | null = null;
  const problems = new Set<string>();
  return {
    catalogue,
    problems,
    tell: async ({ ctx, clock, from, to }) => {
      google ??= await startMonitoringEmulator({ now: () => clock.now().getTime() });
      looking ??= await Looking.open(ctx.database, clock, google.host);
      for (let sinceMs = from.getTime(); sinceMs < to.getTime(); sinceMs += minuteMs) {
        const at = new Date(Math.min(sinceMs + minuteMs, to.getTime()));
        clock.set(at);
        for (const series of measuredSeries(simulation, new Date(sinceMs), at, measuring))
          google.put({
            ...series,
            resource: { ...series.resource, labels: { ...series.resource.labels, project_id: project } },
          });
        for (const problem of await looking.look(ctx)) problems.add(problem);
      }
    },
    close: async () => {
      await looking?.close();
      google?.stop();
    },
  };
}

/**
 * Every lane has a subscription and a job of its own. A new release of the exporter is a new run of its jobs. The watermark is that of what
 * reached the queue: where nothing arrives, a Dataflow job takes it on with the clock.
 */
function measuringOf(simulation: Simulation): Measuring {
  const { fleet, incidents } = simulation;
  const behindQueue = new Map<Lane, Lane>();
  for (const lane of [...simulation.lanes.values()].flat()) {
    const beforePartition = lane.beforePartition.filter((throttle) => !lane.beforeQueue.includes(throttle));
    behindQueue.set(lane, { ...lane, beforeQueue: [], beforePartition });
  }
  const isCutOff = ({ beforeQueue }: Lane, at: Date) =>
    beforeQueue.some(({ fromAt, toAt }) => fromAt <= at && at < toAt);
  return {
    lanes: [...behindQueue.keys()],
    // What waits at the hosts waits in no subscription.
    backlogAt: (lane, at) =>
      isCutOff(lane, at)
        ? { oldestAgeSeconds: 0, messages: 0 }
        : backlogAt(simulation, behindQueue.get(lane) ?? lane, "delivered", at),
    watermarkAt: (lane, at) => watermarkAt(simulation, behindQueue.get(lane) ?? lane, at),
    runSince: ({ dc }, at) =>
      runningAt(fleet, incidents, { dc: dc.name, component: "exporter", instance: "exporter-1", at }).startedAt,
  };
}

/** What the collect worker does in each of its turns. */
class Looking {
  readonly #name: string;
  readonly #spec: SourceSpec;
  readonly #collector: Collector;
  readonly #writer: BatchWriter;

  private constructor(name: string, spec: SourceSpec, collector: Collector, writer: BatchWriter) {
    this.#name = name;
    this.#spec = spec;
    this.#collector = collector;
    this.#writer = writer;
  }

  static async open(database: Database, clock: ManualClock, host: string): Promise<Looking> {
    const [source] = await loadSources(database.sql);
    if (!source || !("cloudMonitoring" in source.spec))
      throw new Error("The catalogue has no source of Cloud Monitoring.");
    const { name, spec } = source;
    const collector = await cloudMonitoringCollector(host).open(spec);
    return new Looking(name, spec, collector, new BatchWriter({ database, clock, instance: "drill" }));
  }

  /** Problems. */
  async look(ctx: Parameters<Teller["tell"]>[0]["ctx"]): Promise<readonly string[]> {
    const startedAt = ctx.clock.now();
    const known = await loadKnownReadings(ctx.database.sql, this.#name);
    const signal = AbortSignal.timeout(lookBoundMs);
    const collection = await this.#collector.collect({
      name: this.#name,
      spec: this.#spec,
      known,
      now: startedAt,
      signal,
    });
    await takeCollection({ ctx, input: { source: this.#name, collection, startedAt }, writer: this.#writer });
    return collection.problems;
  }

  async close(): Promise<void> {
    await this.#writer.drain();
    await this.#collector.close();
  }
}
