import type { IncidentJson } from "#domain/api/alerts.ts";
import type { CompactBoardJson } from "#domain/api/board.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import type { Notification } from "#domain/notification.ts";
import { readVolumesNow } from "#server/alerts/read-volumes-now.ts";
import { applyCatalogue } from "#server/catalogue/apply-catalogue.ts";
import type { Database } from "#server/db/database.ts";
import { recordSamples } from "#server/explain/record-samples.ts";
import { fitForecast } from "#server/forecast/fit-forecast.ts";
import { refreshForecasts } from "#server/forecast/refresh-forecasts.ts";
import { loadCatchUps } from "#server/incidents/load-catch-ups.ts";
import { flushNextGroup } from "#server/notifications/flush-group.ts";
import { VolumeMemory } from "#server/volume/read-volume-baselines.ts";
import type { World } from "#simulator/drill/world.ts";
import { AlertStory } from "#test/alert-story.ts";
import { judgeAll, tickAlerts } from "#test/judge-and-alert.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import type { HourPage, Moment } from "./moment.ts";
import { type Teller, toldByExporters } from "./teller.ts";

const minuteMs = 60_000;

/** One world lived through by the product's use cases on a database of its own, minute by minute. */
export class StoryDay {
  readonly world: World;
  readonly clock: ManualClock;
  readonly #database: Database;
  readonly #teller: Teller;
  readonly #api: TestApi;
  readonly #volumes = new VolumeMemory();
  #toldMs: number;
  #readDeliveries = 0n;

  private constructor(database: Database, world: World, teller: Teller) {
    this.world = world;
    this.#teller = teller;
    this.#database = database;
    this.clock = new ManualClock(world.simulation.startAt.toISOString());
    this.#toldMs = world.simulation.startAt.getTime();
    this.#api = openTestApi(database, { now: () => this.clock.now() });
  }

  /** With its history up to the world's first minute. */
  static async begin(database: Database, world: World, teller: Teller = toldByExporters(world)): Promise<StoryDay> {
    const day = new StoryDay(database, world, teller);
    const { catalogue: text } = teller;
    await applyCatalogue({ ctx: day.#ctx, input: { text, dryRun: false } });
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
    const [board, incidents, sent] = [await this.readBoard(), await this.readIncidents(), await this.readSent()];
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

  readBoard(): Promise<CompactBoardJson> {
    return this.#get("/board/compact");
  }

  /** Open and resolved, in full. */
  async readIncidents(): Promise<IncidentJson[]> {
    const incidents: IncidentJson[] = [];
    for (const { id } of (await this.#get("/incidents?limit=100")).items)
      incidents.push(await this.#get(`/incidents/${id}`));
    return incidents;
  }

  readHour(eventType: string, hour: string): Promise<VerdictJson> {
    return this.#get(`/event-types/${eventType}/hours/${hour}`);
  }

  /** The messages since it was last asked. */
  async readSent(): Promise<Notification[]> {
    const { rows } = await this.#database.sql.query<{ id: bigint; body: Notification }>(
      "SELECT id, body FROM delivery WHERE id > $1 ORDER BY id",
      [this.#readDeliveries],
    );
    this.#readDeliveries = rows.at(-1)?.id ?? this.#readDeliveries;
    return rows.map(({ body }) => body);
  }

  async close(): Promise<void> {
    await this.#teller.close();
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
    const [from, to] = [new Date(this.#toldMs), new Date(untilMs)];
    await this.#teller.tell({ ctx: this.#ctx, clock: this.clock, from, to });
    this.clock.set(to);
    this.#toldMs = untilMs;
  }
}

const hoursRead = 3;
