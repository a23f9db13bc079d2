import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SendOutcome } from "#domain/notification.ts";
import type { Database } from "#server/db/database.ts";
import { replayDelivery } from "#server/outbox/index.ts";
import { AlertStory } from "#test/alert-story.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { passOutboxTime, sendDue } from "#test/outbox.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { channelProducer } from "./channel-producer.ts";
import type { NotifyContext, SendRequest } from "./context.ts";
import { escalateNext } from "./escalate.ts";
import { flushNextGroup } from "./flush-group.ts";
import { notifyAcknowledged, notifyResolved } from "./notify-response.ts";

let db: TestDatabase;
let clock: ManualClock;
let story: AlertStory;
let ctx: NotifyContext;
let sent: SendRequest[];
let answer: SendOutcome;

const page = (cause: string, more: Record<string, string> = {}) => ({
  alertname: "late",
  severity: "page",
  cause,
  ...more,
});
const pagerduty = { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_KEY" } };
const webhook = { type: "webhook", url: "https://hooks.example.com/a" };

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => {
  clock = new ManualClock("2026-11-23T01:00:00Z");
  story = new AlertStory(db.database, clock);
  sent = [];
  answer = { outcome: "sent", status: 202, detail: "HTTP 202" };
  ctx = {
    ...workerContext(db.database, clock),
    send: async (request) => {
      sent.push(request);
      return answer;
    },
  };
});
afterEach(async () => {
  await db.database.sql.query(
    "TRUNCATE delivery, notification_group, incident, alert, silence, channel, routing_tree, on_call_schedule CASCADE",
  );
});

interface Due {
  task: "flush" | "deliver" | "escalate";
  inSeconds: number;
}

/** What waits, soonest first. */
async function due(): Promise<Due[]> {
  const { rows } = await db.database.sql.query<Due>(
    `SELECT task, round(extract(epoch FROM at - now()))::int AS "inSeconds"
       FROM (SELECT 'flush' AS task, flush_at AS at FROM notification_group WHERE flush_at IS NOT NULL
             UNION ALL SELECT 'deliver', due_at FROM delivery WHERE state = 'queued'
             UNION ALL SELECT 'escalate', due_at FROM escalation) waiting
      ORDER BY at`,
  );
  return rows;
}

const isDue = async (task: Due["task"]) =>
  (await due()).filter((each) => each.task === task).map((each) => each.inSeconds);

/** Decides and sends what is due, as the worker does, until nothing is left. */
async function work(): Promise<void> {
  while (await flushNextGroup({ ctx }));
  await sendDue(ctx, channelProducer(ctx));
}

/** Lets product time pass, and with it what the database's clock counts. */
async function pass(seconds: number): Promise<void> {
  clock.set(new Date(clock.now().getTime() + seconds * 1000));
  await passOutboxTime(db.database, seconds);
}

describe("from a firing alert to a message", () => {
  test("one page for one cause, notified once, resolved once the incident is", async () => {
    await story.channel("pd", pagerduty);
    await story.channel("chat", { type: "slack", url: { env: "TIDEMARK_SECRET_SLACK" } });
    await story.everythingTo(["pd", "chat"]);
    const incident = await story.incident("ams");
    const pages = () =>
      sent.filter(({ channel }) => channel.type === "pagerduty").map(({ notification }) => notification);
    await story.alert("a", "firing", page("ams"), incident);
    await story.alert("b", "firing", page("ams", { eventType: "EndSong" }), incident);
    await work();
    expect(pages().map(({ status, alerts }) => [status, alerts.length])).toEqual([["firing", 2]]);
    await pass(300);
    await work();
    expect(sent).toHaveLength(2);

    await story.alert("a", "normal", page("ams"), incident);
    await story.alert("b", "normal", page("ams", { eventType: "EndSong" }), incident);
    await pass(300);
    await work();
    // Its alerts are over and its hours are not: the page stays open, and the chat's message says so.
    expect(pages()).toHaveLength(1);
    expect(sent.slice(2).map(({ channel, notification }) => [channel.type, notification.status])).toEqual([
      ["slack", "firing"],
    ]);
    await db.database.transaction(async (tx) => {
      await tx.query("UPDATE incident SET state = 'resolved', resolved_at = $1", [clock.now()]);
      await notifyResolved(tx, { clock, incidentIds: [incident] });
    });
    await work();
    expect(pages().map(({ status }) => status)).toEqual(["firing", "resolved"]);
    expect(sent.at(-1)?.notification.status).toBe("resolved");
    expect(new Set(sent.map(({ notification }) => notification.threadKey))).toEqual(
      new Set([`tidemark:${incident}:ams`]),
    );
    expect(new Set(sent.map(({ notification }) => notification.dedupKey)).size).toBe(5);
    expect(
      (await story.timeline(incident)).map(({ message }) => message).filter((message) => message.includes("pd")),
    ).toEqual(["Paged team (pd)", "Sent the resolution to team (pd)"]);
  });

  test("machines get the group in Alertmanager's form, people a message for each incident in it", async () => {
    await story.channel("hook", webhook);
    await story.channel("pd", pagerduty);
    await story.tree({
      route: { receiver: "team", groupWait: "0s", groupBy: ["severity"] },
      receivers: [{ name: "team", channels: ["hook", "pd"] }],
    });
    const [one, two] = [await story.incident("ams"), await story.incident("gew1")];
    await story.alert("a", "firing", page("ams"), one);
    await story.alert("b", "firing", page("gew1"), two);
    await work();
    const told = sent.map(({ channel, notification }) => `${channel.type} ${notification.alerts.length}`).sort();
    expect(told).toEqual(["pagerduty 1", "pagerduty 1", "webhook 2"]);
  });

  test("a silenced alert notifies no one, and the timeline says why", async () => {
    await story.channel("pd", pagerduty);
    await story.everythingTo(["pd"]);
    await story.silence('cause="ams"');
    const incident = await story.incident("ams");
    await story.alert("a", "firing", page("ams"), incident);
    await work();
    expect(sent).toEqual([]);
    expect(await story.deliveries()).toEqual([]);
    expect(await story.timeline(incident)).toEqual([
      { kind: "not_notified", message: "team is not notified of 1 alert: silenced." },
    ]);
  });

  test("an inhibited alert notifies no one", async () => {
    await story.channel("pd", pagerduty);
    await story.tree({
      route: { receiver: "team", groupWait: "0s", groupBy: ["eventType"] },
      receivers: [{ name: "team", channels: ["pd"] }],
      inhibitRules: [
        { sourceMatchers: ['alertname="dc-silent"'], targetMatchers: ['alertname="late"'], equal: ["cause"] },
      ],
    });
    const incident = await story.incident("ams");
    await story.alert("source", "firing", page("ams", { alertname: "dc-silent" }), incident);
    await story.alert("target", "firing", page("ams", { eventType: "EndSong" }), incident);
    await work();
    expect(sent.flatMap(({ notification }) => notification.alerts.map((alert) => alert.fingerprint))).toEqual([
      "source",
    ]);
  });

  test("a receiver without channels is said to have none", async () => {
    const incident = await story.incident("ams");
    await story.alert("a", "firing", page("ams"), incident);
    await work();
    expect(await story.timeline(incident)).toEqual([
      { kind: "not_notified", message: expect.stringContaining("on-call has no channels") },
    ]);
  });

  test("a group's waits are the product's, and a change never puts off the flush that waits", async () => {
    await story.tree({
      route: { receiver: "team", groupWait: "30s", groupBy: ["cause"] },
      receivers: [{ name: "team", channels: [] }],
    });
    await story.alert("a", "firing", page("ams"), null);
    await pass(20);
    await story.alert("b", "firing", page("ams"), null);
    expect(await due()).toEqual([{ task: "flush", inSeconds: 10 }]);
  });
});

describe("delivering", () => {
  async function firing(): Promise<bigint> {
    await story.channel("pd", pagerduty);
    await story.everythingTo(["pd"]);
    const incident = await story.incident("ams");
    await story.alert("a", "firing", page("ams"), incident);
    return incident;
  }

  test("what fails is tried again under the same key, later and later, and the receiver's Retry-After is kept", async () => {
    const incident = await firing();
    answer = { outcome: "retryable", status: 500, detail: "HTTP 500" };
    await work();
    expect(await isDue("deliver")).toEqual([5]);
    answer = { outcome: "retryable", status: 429, detail: "HTTP 429", afterMs: 120_000 };
    await pass(6);
    await work();
    expect(await isDue("deliver")).toEqual([120]);
    answer = { outcome: "sent", detail: "HTTP 202" };
    await pass(121);
    await work();
    expect(new Set(sent.map(({ notification }) => notification.dedupKey)).size).toBe(1);
    expect(await story.deliveries()).toMatchObject([{ state: "sent", attempts: 3 }]);
    expect((await story.timeline(incident)).map(({ kind }) => kind)).toEqual(["notification_late", "notified"]);
  });

  test("what is refused for good is not tried again, and said", async () => {
    const incident = await firing();
    answer = { outcome: "permanent", status: 400, detail: "HTTP 400: invalid routing key" };
    await work();
    expect(await story.deliveries()).toMatchObject([{ state: "failed", attempts: 1 }]);
    expect(await story.timeline(incident)).toMatchObject([
      { kind: "notification_failed", message: expect.stringContaining("invalid routing key") },
    ]);
  });

  test("the end waits behind a page that could not be sent, and both go in their order", async () => {
    const incident = await firing();
    answer = { outcome: "retryable", detail: "refused" };
    await work();
    await db.database.transaction(async (tx) => {
      await tx.query("UPDATE incident SET state = 'resolved', resolved_at = $1", [clock.now()]);
      await notifyResolved(tx, { clock, incidentIds: [incident] });
    });
    await work();
    expect(sent).toHaveLength(1);
    answer = { outcome: "sent", detail: "ok" };
    await pass(6);
    await work();
    expect(sent.slice(1).map(({ notification }) => notification.status)).toEqual(["firing", "resolved"]);
  });

  test("an update that waits is dropped for a newer one that says the same and more", async () => {
    const incident = await firing();
    answer = { outcome: "retryable", detail: "refused" };
    await work();
    await story.alert("b", "firing", page("ams"), incident);
    await pass(300);
    await work();
    answer = { outcome: "sent", detail: "ok" };
    await pass(10);
    await work();
    expect(await story.deliveries()).toMatchObject([
      { state: "withdrawn", withdrawnBecause: expect.stringContaining("Superseded by delivery") },
      { state: "sent" },
    ]);
  });

  test("silenced while it waits, it is not sent any more", async () => {
    await firing();
    answer = { outcome: "retryable", detail: "refused", afterMs: 60_000 };
    await work();
    await story.silence('cause="ams"');
    answer = { outcome: "sent", detail: "ok" };
    await pass(61);
    await work();
    expect(sent).toHaveLength(1);
    expect(await story.deliveries()).toMatchObject([{ state: "withdrawn", withdrawnBecause: "Meanwhile: silenced." }]);
  });

  test("decided while the incident was being resolved, a page is not sent after its end", async () => {
    const incident = await firing();
    await flushNextGroup({ ctx });
    await db.database.sql.query("UPDATE incident SET state = 'resolved' WHERE id = $1", [incident]);
    await work();
    expect(sent).toEqual([]);
    expect(await story.deliveries()).toMatchObject([{ state: "withdrawn" }]);
  });

  test("killed after the receiver took it and before that was written, it is sent again under the same key", async () => {
    await firing();
    const crash = new Error("killed");
    const failing: Database = {
      ...ctx.database,
      transaction: (run) => (sent.length > 0 ? Promise.reject(crash) : ctx.database.transaction(run)),
    };
    await flushNextGroup({ ctx });
    const producer = channelProducer(ctx);
    await expect(sendDue({ ...ctx, database: failing }, producer)).rejects.toThrow("killed");
    expect(await story.deliveries()).toMatchObject([{ state: "queued", attempts: 0 }]);
    await sendDue(ctx, producer);
    expect(sent).toHaveLength(1);
    // Its claim ends with the process.
    await pass(10);
    await sendDue(ctx, producer);
    expect(sent.map(({ notification }) => notification.dedupKey)).toEqual([
      sent[0]?.notification.dedupKey,
      sent[0]?.notification.dedupKey,
    ]);
    await sendDue(ctx, producer);
    expect(sent).toHaveLength(2);
  });

  test("a replay sends it again under its key, from the first attempt on", async () => {
    await firing();
    answer = { outcome: "permanent", detail: "wrong key" };
    await work();
    const [failed] = await story.deliveries();
    answer = { outcome: "sent", detail: "ok" };
    await replayDelivery({ ctx, input: { id: failed?.id ?? "" } });
    await work();
    expect(await story.deliveries()).toMatchObject([{ state: "sent", attempts: 1, dedupKey: failed?.dedupKey }]);
  });
});

describe("whoever is on call", () => {
  /** Ada until 02:00, then Bo. */
  const handsOver = {
    timeZone: "UTC",
    people: [
      { name: "Ada Lind", channels: ["ada"] },
      { name: "Bo Berg", channels: ["bo"] },
    ],
    layers: [
      { name: "daily", people: ["Ada Lind", "Bo Berg"], rotation: "daily", handover: "02:00", startsOn: "2026-11-22" },
    ],
  };
  const reached = () =>
    sent.map(({ notification: { kind, status, dedupKey } }) => `${dedupKey.split("-").at(-1)} ${kind} ${status}`);

  beforeEach(async () => {
    for (const name of ["ada", "bo", "boss"]) await story.channel(name, pagerduty);
    await story.schedule("data", handsOver);
  });

  test("is paged, and resolved also after the handover", async () => {
    await story.everythingTo([], { onCall: ["data"] });
    const incident = await story.incident("ams");
    await story.alert("a", "firing", page("ams"), incident);
    await work();
    expect(reached()).toEqual(["ada notify firing"]);
    await pass(2 * 3_600);
    await db.database.transaction(async (tx) => {
      await tx.query("UPDATE incident SET state = 'resolved', resolved_at = $1", [clock.now()]);
      await notifyResolved(tx, { clock, incidentIds: [incident] });
    });
    await work();
    expect(reached()).toEqual(["ada notify firing", "ada notify resolved"]);
    expect((await story.timeline(incident)).map(({ message }) => message)).toEqual([
      "Notifying Ada Lind (on call in data)",
      "Paged team (ada)",
      "Sent the resolution to team (ada)",
    ]);
  });

  test("after a handover is paged of what is new, and named in the timeline", async () => {
    await story.everythingTo([], { onCall: ["data"] });
    const incident = await story.incident("ams");
    await story.alert("a", "firing", page("ams"), incident);
    await work();
    await pass(2 * 3_600);
    await story.alert("b", "firing", page("ams", { eventType: "EndSong" }), incident);
    await pass(300);
    await work();
    expect(reached()).toEqual(["ada notify firing", "bo notify firing"]);
    const kinds = (await story.timeline(incident)).filter(({ kind }) => kind === "on_call");
    expect(kinds.map(({ message }) => message)).toEqual([
      "Notifying Ada Lind (on call in data)",
      "Notifying Bo Berg (on call in data)",
    ]);
  });

  test("when an escalation is due is notified, not who was when the incident began", async () => {
    await story.everythingTo(["boss"], { escalation: [{ after: "90m", onCall: ["data"] }] });
    const incident = await story.incident("ams");
    await story.alert("a", "firing", page("ams"), incident);
    await work();
    await pass(90 * 60);
    expect(await escalateNext({ ctx })).toBe(true);
    await work();
    expect(reached()).toEqual(["boss notify firing", "bo escalate firing"]);
    expect((await story.timeline(incident)).map(({ message }) => message)).toContain(
      "Not acknowledged: escalating to Bo Berg (on call in data)",
    );
  });

  test("is everyone where the schedule has a gap: a page is never lost in one", async () => {
    await story.schedule("later", { ...handsOver, layers: [{ ...handsOver.layers[0], startsOn: "2027-01-01" }] });
    await story.everythingTo([], { onCall: ["later"] });
    const incident = await story.incident("ams");
    await story.alert("a", "firing", page("ams"), incident);
    await work();
    expect(reached().sort()).toEqual(["ada notify firing", "bo notify firing"]);
    expect((await story.timeline(incident))[0]?.message).toBe("Notifying everyone in later, where no one is on call");
  });
});

describe("responding", () => {
  const escalation = { escalation: [{ after: "10m", channels: ["boss"] }] };

  async function paged(): Promise<bigint> {
    await story.channel("pd", pagerduty);
    await story.channel("boss", pagerduty);
    await story.everythingTo(["pd"], escalation);
    const incident = await story.incident("ams");
    await story.alert("a", "firing", page("ams"), incident);
    await work();
    return incident;
  }

  test("no one acknowledges: the next channel is notified once, after its time", async () => {
    const incident = await paged();
    expect(await isDue("escalate")).toEqual([600]);
    expect(await escalateNext({ ctx })).toBe(false);
    await pass(600);
    expect(await escalateNext({ ctx })).toBe(true);
    expect(await escalateNext({ ctx })).toBe(false);
    await work();
    expect(sent.map(({ notification }) => notification.kind)).toEqual(["notify", "escalate"]);
    expect((await story.timeline(incident)).map(({ kind }) => kind)).toEqual(["notified", "escalated", "notified"]);
  });

  test("an acknowledgement withdraws it, notifies the paged channels, and stops a job in progress", async () => {
    const incident = await paged();
    await db.database.transaction(async (tx) => {
      await tx.query("UPDATE incident SET state = 'acknowledged', acknowledged_by = 'ada' WHERE id = $1", [incident]);
      await notifyAcknowledged(tx, { clock, incidentId: incident });
    });
    expect(await isDue("escalate")).toEqual([]);
    // Its row was read just before.
    await db.database.sql.query("INSERT INTO escalation VALUES ($1, 'team', 0, now())", [incident]);
    await escalateNext({ ctx });
    await work();
    expect(sent.map(({ notification }) => [notification.kind, notification.incident?.acknowledgedBy])).toEqual([
      ["notify", null],
      ["acknowledge", "ada"],
    ]);
    // In hand, it is not said again after the repeat interval.
    await pass(5 * 3600);
    await work();
    expect(sent).toHaveLength(2);
  });
});
