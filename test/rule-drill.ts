import { parseSource } from "#domain/source.ts";
import {
  type MonitoringEmulator,
  startMonitoringEmulator,
} from "#server/adapters/monitoring-emulator/start-monitoring-emulator.ts";
import { readVolumesNow } from "#server/alerts/read-volumes-now.ts";
import { applyCatalogue } from "#server/catalogue/apply-catalogue.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { loadKnownReadings, takeCollection } from "#server/sources/index.ts";
import { VolumeMemory } from "#server/volume/read-volume-baselines.ts";
import { cloudMonitoringCollector } from "#workers/collect/cloud-monitoring-collector.ts";
import type { Collector } from "#workers/collect/collector.ts";
import { HourStory } from "./hour-story.ts";
import { tickAlerts } from "./judge-and-alert.ts";
import { workerContext } from "./worker-context.ts";

export type Tier = "high" | "normal" | "low";

/** What happens at one instant, before rules are evaluated at it. */
export type Act = (drill: RuleDrill) => Promise<void>;

const spec = {
  cloudMonitoring: {
    project: "music",
    subscriptions: [{ match: "(?<type>\\w+)-(?<dc>east|west)", eventType: "$type", datacenter: "$dc" }],
    jobs: [{ match: "(?<type>\\w+)-(?<dc>east|west)", eventType: "$type", datacenter: "$dc" }],
  },
};
const parsed = parseSource(spec);

/** One type of one tier at two datacenters, whose rules are evaluated at instants that the test names. */
export class RuleDrill {
  readonly story: HourStory;
  readonly #volumes = new VolumeMemory();
  #google: { emulator: MonitoringEmulator; collector: Collector } | null = null;

  private constructor(story: HourStory) {
    this.story = story;
  }

  static async begin(from: string, tier: Tier, more: object = {}): Promise<RuleDrill> {
    const drill = new RuleDrill(await HourStory.begin({ now: from, activeFrom: from }));
    const documents = [
      { kind: "Tier", metadata: { name: tier }, spec: { deadline: "2h", objectives: { timeliness: "99%" } } },
      {
        kind: "EventType",
        metadata: { name: "EndSong" },
        spec: { owner: "drill", tier, activeFrom: from.slice(0, 13), ...more },
      },
    ];
    const text = documents.map((each) => JSON.stringify({ apiVersion: "tidemark/v1", ...each })).join("\n---\n");
    await applyCatalogue({ ctx: drill.#ctx, input: { text, dryRun: false } });
    await drill.story.judge();
    return drill;
  }

  async end(): Promise<void> {
    await this.#google?.collector.close();
    this.#google?.emulator.stop();
    await this.story.end();
  }

  /** The state of the rule's alert once all rules have been evaluated at this instant. */
  async evaluate(rule: string, at: string, act: Act | null): Promise<"firing" | "calm"> {
    this.story.clock.set(at);
    await act?.(this);
    await this.story.judge();
    const volumes = await readVolumesNow({ ctx: this.#ctx, memory: this.#volumes });
    await tickAlerts({ ctx: this.#ctx, input: { volumes } });
    const { rows } = await this.story.test.database.sql.query(
      "SELECT FROM alert WHERE rule = $1 AND state IN ('firing', 'recovering')",
      [rule],
    );
    return rows.length > 0 ? "firing" : "calm";
  }

  /** A point of one of Google's metrics, and a collection of them. */
  async measured(metric: string, value: number): Promise<void> {
    this.#google ??= await this.#openGoogle();
    const { emulator, collector } = this.#google;
    const isJob = metric.startsWith("dataflow");
    const endTime = new Date(this.story.clock.now().getTime() - 300_000).toISOString();
    emulator.put({
      metric: { type: metric, labels: isJob ? { job_id: "1" } : {} },
      resource: isJob
        ? { type: "dataflow_job", labels: { project_id: "music", region: "europe", job_name: "EndSong-east" } }
        : { type: "pubsub_subscription", labels: { project_id: "music", subscription_id: "EndSong-east" } },
      points: [{ interval: { endTime }, value: { int64Value: String(value) } }],
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const { database } = this.story.test;
    const startedAt = this.story.clock.now();
    const known = await loadKnownReadings(database.sql, "google");
    const signal = AbortSignal.timeout(60_000);
    const collection = await collector.collect({ name: "google", spec: parsed.spec, known, now: startedAt, signal });
    const writer = new BatchWriter({ database, clock: this.story.clock, instance: "drill" });
    await takeCollection({ ctx: this.#ctx, input: { source: "google", collection, startedAt }, writer });
  }

  async #openGoogle() {
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const emulator = await startMonitoringEmulator({ now: () => this.story.clock.now().getTime() });
    const collector = await cloudMonitoringCollector(emulator.host).open(parsed.spec);
    await this.story.test.database.sql.query(
      "INSERT INTO source (name, spec, updated_at, updated_by) VALUES ('google', $1, now(), 'test')",
      [JSON.stringify(spec)],
    );
    return { emulator, collector };
  }

  get #ctx() {
    return workerContext(this.story.test.database, this.story.clock);
  }
}
