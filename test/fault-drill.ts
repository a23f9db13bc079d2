import { setTimeout as sleep } from "node:timers/promises";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { notifySubscribers } from "#server/consumers/notify-subscribers.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { listen, type NotificationListener } from "#server/db/notifications.ts";
import type { Work } from "#server/db/work-limits.ts";
import { notifyOfIncidents } from "#server/notifications/notify-of-incidents.ts";
import { createLog } from "#server/process/log.ts";
import { ClockCheck } from "#server/turns/clock-check.ts";
import { Turns } from "#server/turns/turns.ts";
import { alertOnJudged } from "#workers/alert/judged-loop.ts";
import { alertByTime, alertTurns } from "#workers/alert/loop.ts";
import { evaluate } from "#workers/evaluate/loop.ts";
import { claimForTest } from "./catalogue.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";
import { openTestApi, type TestApi } from "./test-api.ts";
import { until } from "./until.ts";
import { workerContext } from "./worker-context.ts";

const clock = { now: () => new Date(), speed: 1, toRealMs: (ms: number) => ms };
const hoursBack = 4;

/** The API, a judge and an alerter on one database behind a proxy, while two reporters keep counting. */
export class FaultDrill {
  readonly proxy: TcpProxy;
  /** Not through the proxy. */
  readonly direct: Database;
  /** Answers other than 202, such as "503 Retry-After 5". */
  readonly refusals: string[] = [];
  /** Which processes logged a failure: "judge", "alert". */
  readonly failed = new Set<string>();
  readonly #api: TestApi;
  readonly #stopping = new AbortController();
  readonly #undo: (() => Promise<unknown>)[] = [];
  /** By "reporter hour": the largest count answered with 202, and the largest sent. */
  readonly #acknowledged = new Map<string, number>();
  readonly #sent = new Map<string, number>();
  readonly #hours: Date[];
  #running: Promise<unknown>[] = [];
  #count = 0;

  private constructor(proxy: TcpProxy, direct: Database, web: Database) {
    this.proxy = proxy;
    this.direct = direct;
    this.#api = openTestApi(web, { now: clock.now });
    const current = hourOf(clock.now());
    this.#hours = Array.from({ length: hoursBack }, (_, index) => addHours(current, index - hoursBack));
  }

  static async begin(databaseUrl: string): Promise<FaultDrill> {
    const proxy = await startTcpProxy(databaseUrl);
    const direct = openDatabase(databaseUrl, { maxConnections: 2 });
    const open = (work: Work) => openDatabase(proxy.url, { work, maxConnections: 4 });
    const [web, judging, alerting] = [open("web"), open("judge"), open("alert")];
    const drill = new FaultDrill(proxy, direct, web);
    await claimForTest(direct.sql, {
      datacenters: ["east"],
      eventTypes: ["EndSong"],
      activeFrom: drill.#hours[0]?.toISOString() ?? "",
    });
    drill.#work(judging, alerting);
    drill.#undo.push(
      () => drill.#api.close(),
      ...[web, judging, alerting, direct].map((database) => () => database.close()),
      () => proxy.stop(),
    );
    await drill.isWell();
    return drill;
  }

  /** Waits until everything acknowledged so far and from now on is in the verdicts, and nothing is behind. */
  async isWell(): Promise<void> {
    const before = this.#count;
    await until("reports are taken", () => Promise.resolve(this.#count >= before + 4));
    await until("everything acknowledged is judged", async () => {
      const { rows } = await this.direct.sql.query<{ hour: Date; produced: bigint; state: string }>(
        "SELECT hour, produced, state FROM verdict WHERE hour = ANY ($1)",
        [this.#hours],
      );
      const wrong = this.#hours.filter((hour) => {
        const verdict = rows.find((row) => row.hour.getTime() === hour.getTime());
        const [least, most] = [this.#acknowledged, this.#sent].map((counts) => sumOf(counts, hour)) as [number, number];
        return !verdict || verdict.produced < least || verdict.produced > most || verdict.state !== "complete";
      });
      return wrong.length === 0 || `${wrong.map(formatHour).join(", ")} of ${JSON.stringify(rows.length)}`;
    });
    await until("the status says so", async () => {
      const { status, text } = await this.#get("/api/v1/status");
      return (status === 200 && JSON.parse(text).behind.length === 0) || text;
    });
  }

  /** Waits until the status says so. */
  async isBehind(what: string, message: RegExp): Promise<void> {
    await until(`${what} is behind`, async () => {
      const { text } = await this.#get("/api/v1/status");
      const behind = (JSON.parse(text).behind ?? []) as { what: string; message: string }[];
      return behind.some((each) => each.what === what && message.test(each.message)) || text;
    });
  }

  /** Runs `cause`, and returns how long after its end everything had recovered. */
  async recoversFrom(what: string, cause: () => Promise<void>): Promise<void> {
    await cause();
    const endedMs = performance.now();
    await this.isWell();
    process.stderr.write(`${what}: all well ${((performance.now() - endedMs) / 1000).toFixed(1)} s after its end.\n`);
  }

  async end(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
    for (const step of this.#undo) await step();
  }

  #work(judging: Database, alerting: Database): void {
    const { signal } = this.#stopping;
    const quiet = createLog({ name: "drill", level: "error", format: "json" }).child({}, { level: "silent" });
    const logOf = (name: string) => Object.assign(quiet.child({}), { error: () => void this.failed.add(name) });
    const watch = (database: Database, names: ConstructorParameters<typeof Turns>[0]["names"]) => {
      const clockCheck = new ClockCheck({ sql: database.sql, onChange: () => undefined });
      const onStandstill = ({ turn }: { turn: string }) => {
        throw new Error(`${turn} stands still`);
      };
      const options = { sql: database.sql, instance: `drill:${names[0]}`, speed: 1, clock: clockCheck };
      const turns = new Turns({ ...options, names, onStandstill });
      this.#undo.push(() => turns.close());
      return { turns, clockCheck };
    };
    let wake = new AbortController();
    const ring = () => wake.abort();
    const listener: NotificationListener = listen({
      url: judging.directUrl,
      channel: "tidemark_dirty",
      onNotification: ring,
      onConnected: ring,
    });
    this.#undo.push(() => listener.close());
    const awaitWork = async (atMostMs: number) => {
      const woken = AbortSignal.any([wake.signal, signal]);
      await sleep(Math.min(atMostMs, 1_000), undefined, { signal: woken }).catch(() => undefined);
      wake = new AbortController();
    };
    const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
    const parts = { signal, instance: "drill" };
    const alertParts = {
      ...parts,
      log: logOf("alert"),
      ...watch(alerting, alertTurns),
      ctx: workerContext(alerting, clock),
      listener: notifyOfIncidents,
    };
    this.#running = [
      evaluate({
        ...parts,
        log: logOf("judge"),
        ...watch(judging, ["create-hours", "judge", "judge-running", "judge-again"]),
        ctx: workerContext(judging, clock),
        awaitWork,
        onJudged: notifySubscribers,
      }),
      alertOnJudged({ ...alertParts, awaitJudged: () => pause(200) }),
      alertByTime({ ...alertParts, pause }),
      this.#report("one"),
      this.#report("two"),
    ];
  }

  async #report(reporter: string): Promise<void> {
    for (let events = 1; !this.#stopping.signal.aborted; events += 1) {
      for (const hour of this.#hours) this.#sent.set(`${reporter} ${hour.getTime()}`, events);
      const answer = await this.#api.call("POST", "/api/v1/events", {
        headers: { "content-type": "application/cloudevents-batch+json" },
        body: JSON.stringify(this.#batch(reporter, events)),
      });
      if (answer.status === 202) {
        this.#count += 1;
        for (const hour of this.#hours) this.#acknowledged.set(`${reporter} ${hour.getTime()}`, events);
      } else this.refusals.push(`${answer.status} Retry-After ${answer.headers.get("retry-after")}`);
      await sleep(100);
    }
  }

  #batch(reporter: string, events: number): object[] {
    const common = { specversion: "1.0", source: `/drill/${reporter}`, time: clock.now().toISOString() };
    const reports = this.#hours.map((hour) => ({ eventType: "EndSong", hour: formatHour(hour), events }));
    const counters = ["produced", "delivered"].map((stage) => ({
      ...common,
      id: `${reporter}-${stage}-${events}`,
      type: "tidemark.counters.v1",
      data: { dc: "east", stage, reporter: `${reporter}-${stage}`, reports },
    }));
    const marks = [{ eventType: "EndSong", watermark: hourOf(clock.now()).toISOString() }];
    const watermark = { id: `${reporter}-mark-${events}`, type: "tidemark.watermark.v1", data: { dc: "east", marks } };
    return [...counters, { ...common, ...watermark }];
  }

  async #get(path: string): Promise<{ status: number; text: string }> {
    const answer = await this.#api.call("GET", path);
    return { status: answer.status, text: await answer.text() };
  }
}

function sumOf(counts: ReadonlyMap<string, number>, hour: Date): number {
  return [...counts].filter(([key]) => key.endsWith(` ${hour.getTime()}`)).reduce((sum, [, count]) => sum + count, 0);
}
