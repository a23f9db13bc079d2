import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { everywhere } from "#domain/egress.ts";
import { replayDelivery } from "#server/outbox/index.ts";
import { HourStory } from "#test/hour-story.ts";
import { passOutboxTime, sendDue } from "#test/outbox.ts";
import { rollUpAll } from "#test/slo.ts";
import { type SmtpReceiver, startSmtpReceiver } from "#test/smtp-receiver.ts";
import { workerContext } from "#test/worker-context.ts";
import { createSend } from "../../workers/notify/send-to-channel.ts";
import { channelProducer } from "./channel-producer.ts";
import type { NotifyContext } from "./context.ts";
import { queueDigests } from "./queue-digests.ts";
import { sendDigestNow } from "./send-digest-now.ts";

// EndSong is active from 5 October 2026 on; a day of it is closed in time, the rest is late. The mail server is real.
const publicUrl = "https://tidemark.example.com";
let story: HourStory;
let smtp: SmtpReceiver;
let ctx: NotifyContext;

beforeEach(async () => {
  smtp = await startSmtpReceiver();
  story = await HourStory.begin({ now: "2026-10-05T00:30:00Z", activeFrom: "2026-10-05T01:00:00Z" });
  await story.test.database.sql.query("UPDATE tier SET objective = 0.9 WHERE name = 'high'");
  const { clock, test: db } = story;
  const readSecret = () => null;
  ctx = {
    ...workerContext(db.database, clock),
    send: createSend({ publicUrl, clock, egress: everywhere, readSecret, timeoutMs: 2_000 }),
  };
});
afterEach(async () => {
  await smtp.stop();
  await story.end();
});

const sql = () => story.test.database.sql;

async function apply(name: string, monthlyDigest: unknown, more: object = {}): Promise<Response> {
  const smtpAt = { host: "127.0.0.1", port: smtp.port, tls: "none" };
  const body = { type: "email", to: ["managers@example.com"], smtp: smtpAt, monthlyDigest, ...more };
  return story.api.call("PUT", `/api/v1/channels/${name}`, { body });
}

/** The clock goes on, or back, and everything that goes by it does what it does, an hour before and then. */
async function at(now: string): Promise<number> {
  for (const instant of [new Date(Date.parse(now) - 3_600_000).toISOString(), now]) {
    await story.at(instant);
    await rollUpAll(story);
  }
  return queueDigests({ ctx });
}

/** Sends what waits, as the notifying worker does. */
async function send(): Promise<void> {
  await sendDue(ctx, channelProducer(ctx));
}

const subjects = () => smtp.mails.map((mail) => mail.header("Subject"));
async function rows<Row extends object>(statement: string): Promise<Row[]> {
  return (await sql().query<Row>(statement)).rows;
}
const decided = () =>
  rows<{ month: string; channel: string; because: string | null }>(
    `SELECT channel, to_char(month AT TIME ZONE 'UTC', 'YYYY-MM') AS month, nothing_because AS because FROM slo_digest ORDER BY month, channel`,
  );
const deliveries = () =>
  rows<{ id: string; state: string; attempts: number; kind: string }>(
    "SELECT id::text, state, attempts, kind FROM delivery ORDER BY id",
  );
async function digestOf(channel: string) {
  return (await story.get(`/channels/${channel}`)).body.digest;
}

async function closeOneDay(): Promise<void> {
  for (let hour = 1; hour < 24; hour += 1) {
    const name = `2026-10-05T${String(hour).padStart(2, "0")}`;
    await story.at(new Date(Date.parse(`${name}:00:00Z`) + 80 * 60_000).toISOString());
    await story.settle(name);
  }
}

describe("once each month is frozen", () => {
  test("a mail says what was promised and kept, in text and HTML, and the log has it", async () => {
    await apply("managers", true);
    await closeOneDay();
    expect(await at("2026-11-02T23:59:00Z")).toBe(0);
    expect(await at("2026-11-03T01:00:05Z")).toBe(1);
    await send();
    expect(subjects()).toEqual(["Tidemark, October 2026: 3.56 % of high-tier hours on time, objective missed"]);
    const [mail] = smtp.mails;
    expect(mail?.header("Content-Type")).toContain("multipart/alternative");
    expect(mail?.header("To")).toBe("managers@example.com");
    expect(mail?.header("X-Tidemark-Dedup-Key")).toBe("tidemark-digest-2026-10-managers");
    expect(mail?.header("References")).toBeUndefined();
    expect(mail?.part("text/plain")).toContain("624 of 647 hours late");
    expect(mail?.part("text/plain")).toContain(`${publicUrl}/service-levels?month=2026-10`);
    expect(mail?.part("text/html")).toContain(`<a href="${publicUrl}/service-levels?month=2026-10"`);
    expect(await deliveries()).toMatchObject([{ state: "sent", kind: "digest", attempts: 1 }]);
    const log = await story.get("/deliveries?kind=digest");
    expect(log.body.items).toMatchObject([{ channel: "managers", title: subjects()[0], alerts: 0 }]);
    expect(await digestOf("managers")).toMatchObject({
      next: { month: "2026-11", dueAt: "2026-12-03T01:00:00Z" },
      last: { month: "2026-10", deliveryId: log.body.items[0].id, state: "sent" },
    });
  });

  test("once, however many processes decide and send at the same moment, and never again once the log forgot it", async () => {
    await apply("managers", true);
    await story.at("2026-11-03T00:30:00Z");
    await rollUpAll(story);
    expect(await queueDigests({ ctx })).toBe(0);
    story.clock.set("2026-11-03T01:30:00Z");
    const counts = await Promise.all(Array.from({ length: 6 }, () => queueDigests({ ctx })));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    await send();
    await send();
    await sql().query("DELETE FROM delivery");
    expect(await at("2026-11-04T01:00:00Z")).toBe(0);
    expect(await digestOf("managers")).toMatchObject({ last: { month: "2026-10", deliveryId: null, state: null } });
    // Nor by a channel that is created again under its name.
    await story.api.call("DELETE", "/api/v1/channels/managers");
    await apply("managers", true);
    expect(await at("2026-11-05T01:00:00Z")).toBe(0);
    expect(smtp.mails).toHaveLength(1);
  });

  test("what a standstill missed is sent after it, the oldest first", async () => {
    await apply("managers", true);
    // Everything starts at once, and the judge has not caught up yet.
    story.clock.set("2026-12-20T00:00:00Z");
    expect(await queueDigests({ ctx })).toBe(0);
    expect(await at("2026-12-20T02:00:00Z")).toBe(2);
    await send();
    expect(subjects().map((subject) => subject?.split(":")[0])).toEqual([
      "Tidemark, October 2026",
      "Tidemark, November 2026",
    ]);
    expect(await at("2026-12-20T03:00:00Z")).toBe(0);
  });

  test("a clock that jumps a month ahead and back sends nothing twice and loses nothing", async () => {
    await apply("managers", true);
    expect(await at("2026-11-05T00:00:00Z")).toBe(1);
    expect(await at("2026-12-05T00:00:00Z")).toBe(1);
    expect(await at("2026-11-05T00:01:00Z")).toBe(0);
    expect(await at("2026-10-06T00:00:00Z")).toBe(0);
    expect(await at("2026-12-05T00:02:00Z")).toBe(0);
    expect(await at("2027-01-03T01:00:10Z")).toBe(1);
    expect((await decided()).map(({ month }) => month)).toEqual(["2026-10", "2026-11", "2026-12"]);
    await send();
    expect(new Set(smtp.mails.map((mail) => mail.header("Message-ID"))).size).toBe(3);
  });

  test("a channel created after the freeze is sent no old month, nor is a re-created one", async () => {
    await at("2026-11-03T01:00:05Z");
    await apply("managers", true);
    expect(await at("2026-11-20T00:00:00Z")).toBe(0);
    expect(await digestOf("managers")).toMatchObject({ next: { month: "2026-11" }, last: null });
    await apply("managers", true, { to: ["others@example.com"] });
    expect(await at("2026-12-01T00:00:00Z")).toBe(0);
    // Off over the freeze of November, and on again.
    await apply("managers", false);
    expect(await digestOf("managers")).toBeNull();
    expect(await at("2026-12-04T00:00:00Z")).toBe(0);
    await apply("managers", {});
    expect(await at("2026-12-05T00:00:00Z")).toBe(0);
    expect(await at("2027-01-03T01:00:05Z")).toBe(1);
  });

  test("a month without hours is passed over, and so is a past that was loaded by its claim", async () => {
    await apply("managers", true);
    await sql().query("UPDATE event_type SET active_to = '2026-10-06T00:00Z'");
    expect(await at("2026-11-03T01:00:05Z")).toBe(1);
    expect(await at("2026-12-03T01:00:05Z")).toBe(0);
    await sql().query(
      "UPDATE event_type SET active_to = NULL, active_from = '2026-10-05T01:00Z', claimed_at = '2027-01-02T00:00Z'",
    );
    expect(await at("2027-01-04T01:00:05Z")).toBe(0);
    expect(await decided()).toEqual([
      { channel: "managers", month: "2026-10", because: null },
      { channel: "managers", month: "2026-11", because: "none of its event types was active" },
      { channel: "managers", month: "2026-12", because: "its event types were claimed after it" },
    ]);
    expect(await digestOf("managers")).toMatchObject({
      next: { month: "2027-01" },
      last: { month: "2026-12", deliveryId: null, nothingBecause: "its event types were claimed after it" },
    });
  });

  test("a type that is frozen later is waited for, a week at most", async () => {
    await apply("managers", true);
    await sql().query("UPDATE event_type SET deadline_seconds = 30 * 86400");
    expect(await at("2026-11-05T00:00:00Z")).toBe(0);
    expect(await digestOf("managers")).toMatchObject({ next: { month: "2026-10" } });
    expect(await at("2026-11-10T01:00:00Z")).toBe(1);
    await send();
    expect(smtp.mails[0]?.part("text/plain")).toContain("Not frozen yet: its figures may change until 1 Dec");
  });

  test("of an owner it speaks of the owner's types alone", async () => {
    await story.api.call("PUT", "/api/v1/event-types/SkipTrack", { body: { owner: "skips", tier: "high" } });
    await apply("skips", { owner: "skips" });
    await apply("nobody", { owner: "nobody" });
    expect(await at("2026-11-03T02:00:00Z")).toBe(1);
    await send();
    const text = smtp.mails[0]?.part("text/plain") ?? "";
    expect(text).toContain("1 event type of owner skips");
    expect(text).not.toContain("EndSong");
    expect(text).toContain("/service-levels?month=2026-10&owner=skips");
    expect(await decided()).toMatchObject([
      { channel: "nobody", because: "none of its event types was active" },
      { channel: "skips", because: null },
    ]);
  });
});

test("a digest of a tier that there is not is refused, with those there are", async () => {
  const answer = await apply("managers", { tier: "hihg" });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { errors: object[] }).errors).toEqual([
    {
      pointer: "/monthlyDigest/tier",
      detail: 'must be an existing tier (high, low, normal) or one in these documents; found "hihg"',
    },
  ]);
});

describe("when the mail server does not take it", () => {
  beforeEach(async () => {
    await apply("managers", true);
    await at("2026-11-03T01:10:00Z");
  });

  test("451 is tried again as the same message, after a while", async () => {
    smtp.onMail(() => 451);
    await send();
    expect(await deliveries()).toMatchObject([{ state: "queued", attempts: 1 }]);
    smtp.onMail(() => null);
    await send();
    expect(await deliveries()).toMatchObject([{ state: "queued", attempts: 1 }]);
    await story.at("2026-11-03T01:20:00Z");
    await passOutboxTime(story.test.database, 600);
    await send();
    expect(await deliveries()).toMatchObject([{ state: "sent", attempts: 2 }]);
    expect(new Set(smtp.mails.map((mail) => mail.header("Message-ID"))).size).toBe(1);
    expect(await at("2026-11-04T00:00:00Z")).toBe(0);
  });

  test("550 fails for good, is in the log, and a replay sends the same message", async () => {
    smtp.onMail(() => 550);
    await send();
    const [failed] = await deliveries();
    expect(failed).toMatchObject({ state: "failed", attempts: 1 });
    expect(await digestOf("managers")).toMatchObject({ last: { state: "failed", deliveryId: failed?.id } });
    expect(await at("2026-11-04T00:00:00Z")).toBe(0);
    smtp.onMail(() => null);
    await replayDelivery({ ctx, input: { id: failed?.id ?? "" } });
    await send();
    expect(await deliveries()).toMatchObject([{ state: "sent" }]);
    expect(new Set(smtp.mails.map((mail) => mail.header("Message-ID"))).size).toBe(1);
  });

  test("through a channel that is off, or that sends no mail any more, nothing is sent, and the log says why", async () => {
    await apply("managers", true, { enabled: false });
    await send();
    expect(await deliveries()).toMatchObject([{ state: "withdrawn" }]);
    const body = { type: "webhook", url: "https://hooks.example.com/" };
    await story.api.call("PUT", "/api/v1/channels/managers", { body });
    await replayDelivery({ ctx, input: { id: (await deliveries())[0]?.id ?? "" } });
    await send();
    const log = await story.get("/deliveries?kind=digest");
    expect(log.body.items).toMatchObject([
      { state: "failed", lastDetail: expect.stringContaining("no longer of type email") },
    ]);
  });
});

describe("asked for", () => {
  /** Whoever asks waits for what comes of it: it is sent meanwhile. */
  async function ask(channel: string) {
    const asking = sendDigestNow({ ctx, input: { channel } });
    let isAsking = true;
    const asked = asking.finally(() => {
      isAsking = false;
    });
    while (isAsking) {
      await send();
      await sleep(50);
    }
    return asked;
  }

  test("last month's is sent at once, says who asked, and the regular one comes all the same", async () => {
    await apply("managers", true);
    await story.at("2026-11-01T12:00:00Z");
    await rollUpAll(story);
    expect(await ask("managers")).toMatchObject({ kind: "digest", state: "sent" });
    expect(await ask("managers")).toMatchObject({ state: "sent" });
    expect(await digestOf("managers")).toMatchObject({ next: { month: "2026-10" }, last: null });
    expect(await at("2026-11-03T01:10:00Z")).toBe(1);
    await send();
    expect(subjects().map((subject) => subject?.endsWith("(requested)"))).toEqual([true, true, false]);
    expect(smtp.mails[0]?.part("text/plain")).toContain("test requested the monthly digest");
    expect(smtp.mails[0]?.part("text/plain")).toContain("Not frozen yet");
    expect(new Set(smtp.mails.map((mail) => mail.header("Message-ID"))).size).toBe(3);
  });

  test("one that fails is not tried again, and holds the regular one up as little", async () => {
    await apply("managers", true);
    await story.at("2026-11-02T12:00:00Z");
    await rollUpAll(story);
    smtp.onMail(() => 451);
    expect(await ask("managers")).toMatchObject({ state: "failed", attempts: 1 });
    smtp.onMail(() => null);
    expect(await at("2026-11-03T01:10:00Z")).toBe(1);
    await send();
    expect((await deliveries()).map(({ state }) => state)).toEqual(["failed", "sent"]);
  });

  test("of a channel that sends none, of a month with nothing in it, without the scope: refused with what to do", async () => {
    const call = async (name: string, token?: string) => {
      const answer = await story.api.call("POST", `/api/v1/channels/${name}/digest`, token ? { token } : {});
      return [answer.status, ((await answer.json()) as { detail: string }).detail];
    };
    await apply("plain", false);
    await apply("managers", true);
    expect(await call("none")).toEqual([404, expect.stringContaining('Channel "none" does not exist')]);
    expect(await call("plain")).toEqual([409, expect.stringContaining('"monthlyDigest": true')]);
    expect(await call("managers")).toEqual([
      409,
      expect.stringContaining("The digest is empty: none of its event types was active in 2026-09."),
    ]);
    const made = await story.api.call("POST", "/api/v1/tokens", { body: { name: "reader", scopes: ["read"] } });
    const { token } = (await made.json()) as { token: string };
    expect((await call("managers", token))[0]).toBe(403);
  });
});
