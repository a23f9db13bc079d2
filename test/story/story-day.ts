import type { IncidentJson } from "#domain/api/alerts.ts";
import { addMessage, emptyBatch } from "#domain/merge.ts";
import type { Notification } from "#domain/notification.ts";
import { parseEvent } from "#domain/protocol.ts";
import { readVolumesNow } from "#server/alerts/read-volumes-now.ts";
import { applyCatalogue } from "#server/catalogue/apply-catalogue.ts";
import type { Database } from "#server/db/database.ts";
import { recordSamples } from "#server/explain/record-samples.ts";
import { ingestView } from "#server/facts/ingest-view.ts";
import { namesOfBatch } from "#server/facts/names.ts";
import { writeBatch } from "#server/facts/write-batch.ts";
import { fitForecast } from "#server/forecast/fit-forecast.ts";
import { refreshForecasts } from "#server/forecast/refresh-forecasts.ts";
import { loadCatchUps } from "#server/incidents/load-catch-ups.ts";
import { flushNextGroup } from "#server/notifications/flush-group.ts";
import { VolumeMemory } from "#server/volume/read-volume-baselines.ts";
import { catalogueYaml } from "#simulator/catalogue.ts";
import type { World } from "#simulator/drill/world.ts";
import { pastMessages, snapshotMessages } from "#simulator/live.ts";
import { type CloudEvent, deploymentMessage } from "#simulator/messages.ts";
import { promisesYaml } from "#simulator/promises.ts";
import { AlertStory } from "#test/alert-story.ts";
import { judgeAll, tickAlerts } from "#test/judge-and-alert.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import type { HourPage, Moment } from "./moment.ts";

const minuteMs = 60_000;

/** One world lived through by the product's use cases on a database of its own, minute by minute. */
export class StoryDay {
  readonly world: World;
  readonly clock: ManualClock;
  readonly #database: Database;
  readonly #api: TestApi;
  readonly #volumes = new VolumeMemory();
  #toldMs: number;
  #readDeliveries = 0n;

  private constructor(database: Database, world: World) {
    this.world = world;
    this.#database = database;
    this.clock = new ManualClock(world.simulation.startAt.toISOString());
    this.#toldMs = world.simulation.startAt.getTime();
    this.#api = openTestApi(database, { now: () => this.clock.now() });
  }

  /** With its history up to the world's first minute. */
  static async begin(database: Database, world: World): Promise<StoryDay> {
    const day = new StoryDay(database, world);
    const text = [catalogueYaml(world.simulation), promisesYaml()].join("---\n");
    await applyCatalogue({ ctx: day.#ctx, input: { text, dryRun: false, keepFactsSeconds: null } });
    const alerts = new AlertStory(database, day.clock);
    await alerts.channel("hook", { type: "webhook", url: "https://hooks.example.com/a" });
    await alerts.everythingTo(["hook"]);
    await day.#report(world.fromMs);
    await judgeAll(day.#ctx);
    await fitForecast({ ctx: day.#ctx });
    return day;
  }

  /** Lives through the next minute, or through more of them in one go. */
  async live(minutes = 1): Promise<void> {
    await this.#report(this.#toldMs + minutes * minuteMs);
    const ctx = this.#ctx;
    await judgeAll(ctx);
    await refreshForecasts({ ctx, loadCatchUps });
    await recordSamples(this.#database.sql, this.clock.now());
    const volumes = await readVolumesNow({ ctx, memory: this.#volumes });
    await tickAlerts({ ctx, input: { volumes } });
    await this.#database.sql.query("UPDATE notification_group SET flush_at = now() WHERE flush_at IS NOT NULL");
    while (await flushNextGroup({ ctx })) {
      // until none is due
    }
  }

  /** Everything that can be read now. */
  async read(): Promise<Moment> {
    const [board, list, sent] = [
      await this.#get("/board/compact"),
      await this.#get("/incidents?limit=100"),
      await this.#sent(),
    ];
    const incidents: IncidentJson[] = [];
    for (const { id } of list.items) incidents.push(await this.#get(`/incidents/${id}`));
    const names = this.world.simulation.fleet.datacenters.map(({ name }) => name);
    const datacenters = [];
    for (const name of names)
      datacenters.push({
        datacenter: await this.#get(`/datacenters/${name}`),
        lanes: await this.#get(`/datacenters/${name}/lanes`),
      });
    return {
      atMs: this.clock.now().getTime(),
      board,
      incidents,
      datacenters,
      hours: await this.#readHours(incidents),
      sent,
    };
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  /** The pages of the hours that open incidents touch, at most some of each incident. */
  async #readHours(incidents: readonly IncidentJson[]): Promise<HourPage[]> {
    const keys = new Map<string, { eventType: string; hour: string }>();
    for (const { state, hours } of incidents) {
      if (state === "resolved") continue;
      for (const { eventType, hour } of hours.slice(0, hoursRead))
        keys.set(`${eventType} ${hour}`, { eventType, hour });
    }
    const pages: HourPage[] = [];
    for (const { eventType, hour } of keys.values()) {
      const path = `/event-types/${eventType}/hours/${hour}`;
      pages.push({ verdict: await this.#get(path), explanation: await this.#get(`${path}/explanation`) });
    }
    return pages;
  }

  async #sent(): Promise<Notification[]> {
    const { rows } = await this.#database.sql.query<{ id: bigint; body: Notification }>(
      "SELECT id, body FROM delivery WHERE id > $1 ORDER BY id",
      [this.#readDeliveries],
    );
    this.#readDeliveries = rows.at(-1)?.id ?? this.#readDeliveries;
    return rows.map(({ body }) => body);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the caller knows the shape
  async #get(path: string): Promise<any> {
    const answer = await this.#api.call("GET", `/api/v1${path}`);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  get #ctx() {
    return workerContext(this.#database, this.clock);
  }

  async #report(untilMs: number): Promise<void> {
    const { simulation } = this.world;
    const [from, to] = [new Date(this.#toldMs), new Date(untilMs)];
    this.clock.set(to);
    const batch = emptyBatch();
    for (const messages of [
      pastMessages(simulation, from, to),
      snapshotMessages(simulation, from, to),
      this.#baits(from, to),
    ])
      for (const event of messages) {
        const parsed = parseEvent(event, to);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
        addMessage(batch, parsed.message);
      }
    const view = await ingestView(this.#database);
    await writeBatch(this.#database, this.clock, {
      batch,
      names: namesOfBatch(batch),
      view,
      rejected: [],
      instance: "drill",
    });
    this.#toldMs = untilMs;
  }

  /** The simulator deploys its own weekly releases and the bad ones; these are innocent. */
  *#baits(from: Date, to: Date): Generator<CloudEvent> {
    for (const { id, datacenter, component, version, deployedAt } of this.world.deployments) {
      if (!id.startsWith("bait") || datacenter === null || deployedAt <= from || deployedAt > to) continue;
      const deployedBy = "release-train";
      yield deploymentMessage({
        dc: datacenter,
        instance: "deployer",
        at: deployedAt,
        component,
        version: version ?? "1",
        deployedBy,
      });
    }
  }
}

const hoursRead = 3;
