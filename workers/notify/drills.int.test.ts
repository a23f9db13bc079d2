import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { everywhere } from "#domain/egress.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { initCluster, startCluster } from "#server/db/postgres-cluster.ts";
import { findPostgresInstallation } from "#server/db/postgres-installation.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { createClock } from "#server/process/clock.ts";
import { createLog } from "#server/process/log.ts";
import { AlertStory } from "#test/alert-story.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { postAnywhere } from "#test/egress.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { type NotifyProcess, startNotify } from "#test/notify-process.ts";
import { serveApi } from "#test/serve-api.ts";
import { openTestApi } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { unwatched, workerContext } from "#test/worker-context.ts";
import { notify } from "./loop.ts";
import { createSend } from "./send-to-channel.ts";

// Everything here is real: the processes, PostgreSQL, the receivers' sockets. What is planted is the trouble.
const clock = createClock({ setting: null });
const log = createLog({ name: "drill", level: "error", format: "json" });
const undo: (() => Promise<unknown>)[] = [];
let db: TestDatabase;
let story: AlertStory;

beforeAll(async () => {
  db = await createTestDatabase();
  story = new AlertStory(db.database, clock);
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await db.database.sql.query(
    "TRUNCATE delivery, notification_group, incident, alert, silence, channel, routing_tree CASCADE",
  );
});
afterAll(() => db.drop());

const labels = (cause: string, more: Record<string, string> = {}) => ({
  alertname: "late",
  severity: "page",
  cause,
  ...more,
});

async function receiver(...answer: Parameters<typeof startHttpReceiver>): Promise<HttpReceiver> {
  const started = await startHttpReceiver(...answer);
  undo.push(() => started.stop().catch(() => undefined));
  return started;
}

function start(url = db.url): NotifyProcess {
  const process = startNotify(url, { TIDEMARK_SECRET_DRILL_KEY: "R".repeat(32) });
  undo.push(() => process.kill());
  return process;
}

/** The loop in this process, with receivers given up soon. */
function startHere(database: Database = db.database, timeoutMs = 500): void {
  const stopping = new AbortController();
  const publicUrl = "https://tidemark.example.com";
  const send = createSend({ publicUrl, clock, egress: everywhere, readSecret: () => "R".repeat(32), timeoutMs });
  const ctx = { ...workerContext(database, clock), publicUrl, send, post: postAnywhere };
  const running = notify({
    ctx,
    instance: "drill",
    log,
    signal: stopping.signal,
    turns: unwatched.turns,
    pubsub: false,
    pingWatchdog: null,
    postAudit: null,
    postLineage: null,
    pause: (realMs) => sleep(realMs, undefined, { signal: stopping.signal }).catch(() => undefined),
  });
  undo.push(async () => {
    stopping.abort();
    await running;
  });
}

const pagerdutyAt = (url: string) => ({ type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_DRILL_KEY" }, url });
const webhookAt = (url: string) => ({ type: "webhook", url, allowPrivate: true });
const keyOf = (body: string) => (JSON.parse(body) as { dedup_key: string }).dedup_key;

async function untilSent(count: number): Promise<void> {
  await until(`${count} deliveries are sent`, async () => {
    const states = (await story.deliveries()).map(({ state }) => state);
    return states.filter((state) => state === "sent").length === count || JSON.stringify(states);
  });
}

describe("processes die", () => {
  test("two workers, killed again and again at any step: every page arrives, under one key, and none that is silenced or inhibited", async () => {
    const pagerduty = await receiver({ status: 202 });
    const hook = await receiver();
    await story.channel("pd", pagerdutyAt(pagerduty.url));
    await story.channel("hook", webhookAt(hook.url));
    await story.tree({
      route: { receiver: "team", groupBy: ["cause"], groupWait: "0s", groupInterval: "1s" },
      receivers: [{ name: "team", channels: ["pd", "hook"] }],
      inhibitRules: [
        { sourceMatchers: ['alertname="dc-silent"'], targetMatchers: ['alertname="late"'], equal: ["dc"] },
      ],
    });
    await story.silence('cause="silenced"');
    const workers = [start(), start()];
    const expected = new Map<string, bigint>();
    const incidents = 24;
    for (let index = 0; index < incidents; index += 1) {
      const cause = `cause-${index}`;
      const incident = await story.incident(cause);
      expected.set(`tidemark:${incident}:${cause}`, incident);
      await story.alert(`alert-${index}`, "firing", labels(cause), incident);
      if (index === 5) {
        const quiet = await story.incident("silenced");
        await story.alert("silenced", "firing", labels("silenced"), quiet);
        const source = await story.incident("source");
        expected.set(`tidemark:${source}:source`, source);
        await story.alert("source", "firing", labels("source", { alertname: "dc-silent", dc: "ams" }), source);
        const explained = await story.incident("explained");
        await story.alert("explained", "firing", labels("explained", { dc: "ams" }), explained);
      }
      // Kills fall wherever the worker is just then; one lives while the other is started again.
      if (index % 3 === 2) {
        const which = (index / 3) % 2 < 1 ? 0 : 1;
        await workers[which]?.kill();
        workers[which] = start();
      }
      await sleep(120);
    }
    await untilSent(2 * expected.size);
    const arrived = new Set(pagerduty.received.map(({ body }) => keyOf(body)));
    expect([...arrived].sort()).toEqual([...expected.keys()].sort());
    const told = (await story.deliveries()).filter(({ channel }) => channel === "hook");
    expect(new Set(hook.received.map(({ headers }) => headers["webhook-id"]))).toEqual(
      new Set(told.map(({ dedupKey }) => dedupKey)),
    );
    // One message for one incident and channel, however often it had to be sent.
    expect(told).toHaveLength(expected.size);
    expect(`${pagerduty.received.map(({ body }) => body)}${hook.received.map(({ body }) => body)}`).not.toMatch(
      /"(silenced|explained)"/,
    );
  });

  test("killed while the receiver takes its time: another process sends it again under the same key", async () => {
    const pagerduty = await receiver("hang");
    await story.channel("pd", pagerdutyAt(pagerduty.url));
    await story.everythingTo(["pd"]);
    const first = start();
    const incident = await story.incident("ams");
    await story.alert("a", "firing", labels("ams"), incident);
    await until("the receiver is asked", async () => pagerduty.received.length === 1);
    await first.kill();
    pagerduty.answer({ status: 202 });
    start();
    await untilSent(1);
    expect(pagerduty.received.map(({ body }) => keyOf(body))).toEqual(Array(2).fill(`tidemark:${incident}:ams`));
  });

  test("stops cleanly and leaves nothing locked", async () => {
    const worker = start();
    const pagerduty = await receiver({ status: 202 });
    await story.channel("pd", pagerdutyAt(pagerduty.url));
    await story.everythingTo(["pd"]);
    await story.alert("a", "firing", labels("ams"), await story.incident("ams"));
    await untilSent(1);
    await worker.stop();
    const { rows } = await db.database.sql.query("SELECT FROM delivery WHERE claimed_by IS NOT NULL");
    expect(rows).toEqual([]);
    expect(worker.output()).not.toMatch(/"severity":"(ERROR|CRITICAL)"/);
  });
});

describe("receivers fail", () => {
  test.each([
    ["answers 500", { status: 500 }],
    ["hangs", "hang"],
  ] as const)("one that %s is tried again until it takes the page", async (_name, answer) => {
    const pagerduty = await receiver(answer);
    await story.channel("pd", pagerdutyAt(pagerduty.url));
    await story.everythingTo(["pd"]);
    startHere();
    const incident = await story.incident("ams");
    await story.alert("a", "firing", labels("ams"), incident);
    await until("it was asked twice", async () => pagerduty.received.length >= 2);
    pagerduty.answer({ status: 202 });
    await untilSent(1);
    expect(new Set(pagerduty.received.map(({ body }) => keyOf(body)))).toEqual(new Set([`tidemark:${incident}:ams`]));
  });

  test("what it answered is logged whatever bytes it was, and the next attempt waits its time", async () => {
    const hook = await receiver({ status: 500, body: Buffer.from([0x6e, 0, 0xff, 0xed, 0xa0, 0x80, 0x6f]) });
    await story.channel("hook", webhookAt(hook.url));
    await story.everythingTo(["hook"]);
    startHere();
    await story.alert("a", "firing", labels("ams"), await story.incident("ams"));
    const logged = () => db.database.sql.query("SELECT detail, response FROM delivery_attempt ORDER BY id");
    await until("the attempt is logged", async () => (await logged()).rowCount === 1);
    expect((await logged()).rows).toEqual([{ detail: "HTTP 500", response: expect.stringMatching(/^n\uFFFD+o$/) }]);
    const { rows } = await db.database.sql.query("SELECT state, attempts, claimed_by FROM delivery");
    expect(rows).toEqual([{ state: "queued", attempts: 1, claimed_by: null }]);
  });

  test("one that says 429 with Retry-After is left alone for so long", async () => {
    const pagerduty = await receiver({ status: 429, headers: { "retry-after": "4" } });
    await story.channel("pd", pagerdutyAt(pagerduty.url));
    await story.everythingTo(["pd"]);
    startHere();
    await story.alert("a", "firing", labels("ams"), await story.incident("ams"));
    await until("it was asked", async () => pagerduty.received.length === 1);
    pagerduty.answer({ status: 202 });
    await untilSent(1);
    const [first, second] = pagerduty.received;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(3_990);
  });

  test("one that refuses connections gets the page when it is back, and others wait for no one", async () => {
    const gone = await receiver({ status: 202 });
    const well = await receiver({ status: 202 });
    await gone.stop();
    await story.channel("gone", pagerdutyAt(gone.url));
    await story.channel("well", pagerdutyAt(well.url));
    await story.everythingTo(["gone", "well"]);
    startHere();
    await story.alert("a", "firing", labels("ams"), await story.incident("ams"));
    await untilSent(1);
    expect(well.received).toHaveLength(1);
    await gone.start();
    await untilSent(2);
    expect(gone.received).toHaveLength(1);
  });

  test("one that hangs for every incident holds up no other channel", async () => {
    const hanging = await receiver("hang");
    const well = await receiver({ status: 202 });
    await story.channel("hanging", pagerdutyAt(hanging.url));
    await story.channel("well", pagerdutyAt(well.url));
    await story.tree({
      route: {
        receiver: "one",
        groupBy: ["cause"],
        groupWait: "0s",
        routes: [{ matchers: ['cause="page"'], receiver: "other" }],
      },
      receivers: [
        { name: "one", channels: ["hanging"] },
        { name: "other", channels: ["well"] },
      ],
    });
    startHere(db.database, 60_000);
    for (let index = 0; index < 40; index += 1) {
      await story.alert(`a${index}`, "firing", labels(`c${index}`), await story.incident(`c${index}`));
    }
    await until("it hangs", async () => hanging.received.length >= 8);
    const askedMs = performance.now();
    await story.alert("page", "firing", labels("page"), await story.incident("page"));
    await until("the page arrived", async () => well.received.length === 1);
    expect((well.received[0]?.atMs ?? 0) - askedMs).toBeLessThan(30_000);
    expect(hanging.received).toHaveLength(8);
    // What hangs would hold up the end of the test too.
    await hanging.stop();
  });
});

describe("alerts are resent to Alertmanagers", () => {
  test("one that hangs holds up no resend to another", async () => {
    const [hanging, well] = [await receiver(), await receiver()];
    await story.channel("hanging", { type: "alertmanager", url: hanging.url });
    await story.channel("well", { type: "alertmanager", url: well.url });
    await story.everythingTo(["hanging", "well"]);
    startHere(db.database, 60_000);
    await story.alert("a", "firing", labels("ams"), await story.incident("ams"));
    await untilSent(2);
    hanging.answer("hang");
    const startedMs = performance.now();
    for (const count of [2, 3]) {
      await db.database.sql.query("UPDATE notification_group SET resend_at = now()");
      await until("it is resent", async () => well.received.length === count);
    }
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    // What hangs would hold up the end of the test too.
    await hanging.stop();
  });
});

describe("a flush waits for a row lock", () => {
  test("other groups and escalations do not wait for it", async () => {
    const hook = await receiver();
    await story.channel("hook", webhookAt(hook.url));
    await story.tree({
      route: { receiver: "team", groupBy: ["cause"], groupWait: "0s", groupInterval: "1s" },
      receivers: [{ name: "team", channels: ["hook"], escalation: [{ after: "1s", channels: ["hook"] }] }],
    });
    const locked = await story.incident("locked");
    await story.alert("a", "firing", labels("locked"), locked);
    await db.database.transaction(async (tx) => {
      await tx.query("SELECT FROM incident WHERE id = $1 FOR UPDATE", [locked]);
      startHere();
      await until("its flush waits", async () => {
        const { rowCount } = await tx.query(
          "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
        );
        return (rowCount ?? 0) > 0;
      });
      await story.alert("b", "firing", labels("other"), await story.incident("other"));
      await untilSent(2);
    });
    expect((await story.deliveries()).map(({ kind }) => kind)).toEqual(expect.arrayContaining(["notify", "escalate"]));
  });
});

describe("the database restarts", () => {
  test("what was decided before and after arrives", async () => {
    const parent = await mkdtemp(join(tmpdir(), "tidemark-drill-"));
    undo.push(() => rm(parent, { recursive: true, force: true }));
    const installation = await findPostgresInstallation(parent);
    const options = { installation, folder: join(parent, "data"), password: "drill", settings: { fsync: "off" } };
    await initCluster(options);
    let cluster = await startCluster(options);
    undo.push(() => cluster.stop());
    const url = `${cluster.url}/postgres`;
    await migrateDatabase(url);
    const database = openDatabase(url);
    undo.push(() => database.close());
    const own = new AlertStory(database, clock);
    const pagerduty = await receiver({ status: 503 });
    await own.channel("pd", pagerdutyAt(pagerduty.url));
    await own.everythingTo(["pd"]);
    const worker = start(url);
    await own.alert("a", "firing", labels("before"), await own.incident("before"));
    await until("it was asked", async () => pagerduty.received.length > 0);
    const { port } = cluster;
    const before = worker.output().length;
    await cluster.stop();
    await until("the process missed it", async () =>
      worker.output().slice(before).includes("The database is unusable"),
    );
    cluster = await startCluster(options, port);
    pagerduty.answer({ status: 202 });
    await until("the database answers", async () => (await own.incident("after")) > 0n);
    const { rows } = await database.sql.query<{ id: bigint }>("SELECT id FROM incident WHERE cause_key = 'after'");
    await own.alert("b", "firing", labels("after"), rows[0]?.id ?? null);
    await until("both are sent", async () => {
      const states = (await own.deliveries()).map(({ state }) => state);
      return states.filter((state) => state === "sent").length === 2 || `${states}\n${worker.output().slice(-2_000)}`;
    });
    await worker.stop();
  });
});

describe("an acknowledgement in PagerDuty", () => {
  const secret = "webhook-secret";
  const sign = (body: string, key = secret) => `v1=${createHmac("sha256", key).update(body).digest("hex")}`;
  const event = (key: string, type = "incident.acknowledged") =>
    JSON.stringify({
      event: {
        id: "01BWRF1HT1A9NT6GOG0OTVKYAO",
        event_type: type,
        resource_type: "incident",
        occurred_at: new Date().toISOString(),
        agent: { id: "PLH1HKV", summary: "Tenex Engineer é", type: "user_reference" },
        client: null,
        data: { id: "PGR0VU2", type: "incident", number: 2, status: "acknowledged", incident_key: key },
      },
    });

  /** What PagerDuty does: one POST, with the signatures of every secret that holds. */
  async function webhooks() {
    const api = openTestApi(db.database, { now: () => clock.now(), secrets: { TIDEMARK_SECRET_HOOK_SECRET: secret } });
    const served = await serveApi(api.fetch);
    undo.push(async () => {
      await served.stop();
      await api.close();
    });
    return async (body: string, signature?: string, channel = "pd"): Promise<[number, { detail: string }]> => {
      const headers = { "content-type": "application/json", ...(signature && { "x-pagerduty-signature": signature }) };
      const answer = await fetch(`${served.url}/api/v1/channels/${channel}/events`, { method: "POST", headers, body });
      return [answer.status, (await answer.json()) as { detail: string }];
    };
  }
  const states = async () => {
    const { rows } = await db.database.sql.query<{ state: string; by: string | null }>(
      "SELECT state, acknowledged_by AS by FROM incident ORDER BY id",
    );
    return rows.map(({ state, by }) => [state, by]);
  };

  test("the incident is acknowledged in their name; what is unsigned, repeated, unknown or late changes nothing", async () => {
    const pagerduty = await receiver({ status: 202 });
    await story.channel("pd", { ...pagerdutyAt(pagerduty.url), webhookSecret: { env: "TIDEMARK_SECRET_HOOK_SECRET" } });
    await story.channel("other", {
      ...pagerdutyAt(pagerduty.url),
      webhookSecret: { env: "TIDEMARK_SECRET_HOOK_SECRET" },
    });
    await story.channel("unset", { ...pagerdutyAt(pagerduty.url), webhookSecret: { env: "TIDEMARK_SECRET_NOT_SET" } });
    await story.channel("deaf", pagerdutyAt(pagerduty.url));
    await story.everythingTo(["pd"]);
    const incident = await story.incident("ams");
    await story.alert("a", "firing", labels("ams"), incident);
    startHere();
    await untilSent(1);
    const key = keyOf(pagerduty.received[0]?.body ?? "{}");
    const post = await webhooks();
    const body = event(key);

    for (const signature of [
      undefined,
      "",
      sign(body, "guessed"),
      sign(`${body} `),
      sign(body).replace("v1=", "v0="),
    ]) {
      expect([signature, (await post(body, signature))[0]]).toEqual([signature, 401]);
    }
    expect((await post(body, sign(body, ""), "unset"))[0]).toBe(401);
    expect([(await post(body, sign(body), "deaf"))[0], (await post(body, sign(body), "none"))[0]]).toEqual([404, 404]);
    // Who brings no signature does not learn which channels there are, nor which of them take events.
    const unsigned = await Promise.all(["pd", "unset", "deaf", "none"].map((name) => post(body, undefined, name)));
    expect(new Set(unsigned.map(([status, { detail }]) => `${status} ${detail}`)).size).toBe(1);
    expect((await post("{}", sign("{}")))[0]).toBe(400);
    for (const harmless of [event(key, "incident.resolved"), event("tidemark:999:ams"), event("another-system's")]) {
      expect(await post(harmless, sign(harmless))).toEqual([200, expect.objectContaining({ outcome: "ignored" })]);
    }
    // A channel that never notified of the incident counts for no one.
    expect(await post(body, sign(body), "other")).toEqual([200, expect.objectContaining({ outcome: "ignored" })]);
    expect(await states()).toEqual([["open", null]]);

    const rotating = `${sign(body, "the next one")},${sign(body)}`;
    expect(await post(body, rotating)).toEqual([200, { outcome: "acknowledged", detail: expect.any(String) }]);
    expect(await states()).toEqual([["acknowledged", "Tenex Engineer é (PagerDuty)"]]);
    expect(await post(body, sign(body))).toEqual([200, expect.objectContaining({ outcome: "ignored" })]);
    await db.database.sql.query("UPDATE incident SET state = 'resolved'");
    expect((await post(body, sign(body)))[1].detail).toContain(`incident ${incident} is resolved already`);
    const { rows } = await db.database.sql.query("SELECT kind, actor FROM incident_event WHERE kind = 'acknowledged'");
    const actor = "Tenex Engineer é (PagerDuty)";
    expect(rows).toEqual([{ kind: "acknowledged", actor }]);
    const acknowledged = { act: "incident.acknowledged", name: String(incident), actor };
    expect(await story.audited()).toEqual([{ ...acknowledged, actorKind: "service", door: "pagerduty" }]);
  });
});
