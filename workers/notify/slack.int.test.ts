import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { everywhere } from "#domain/egress.ts";
import { createClock } from "#server/process/clock.ts";
import { createLog } from "#server/process/log.ts";
import { AlertStory } from "#test/alert-story.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { postAnywhere } from "#test/egress.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { serveApi } from "#test/serve-api.ts";
import { openTestApi } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { unwatched, workerContext } from "#test/worker-context.ts";
import { notify } from "./loop.ts";
import { createSend } from "./send-to-channel.ts";

// The notifying loop, the API and a receiver in Slack's place, all on sockets.
const clock = createClock({ setting: null });
const secret = "8f742231b10e8888abcd99yyyzzz85a5";
const publicUrl = "https://tidemark.example.com";
const labels = (severity: string) => ({ alertname: `late-${severity}`, severity, cause: "ams" });
let stopping: AbortController;
let db: TestDatabase;
let story: AlertStory;
let slack: HttpReceiver;
let served: Awaited<ReturnType<typeof serveApi>>;
let api: ReturnType<typeof openTestApi>;
let running: Promise<unknown>;
let incident: bigint;

beforeEach(async () => {
  stopping = new AbortController();
  const { signal } = stopping;
  db = await createTestDatabase();
  story = new AlertStory(db.database, clock);
  slack = await startHttpReceiver({ status: 200, body: '{"ok":true,"channel":"C1","ts":"17.1"}' });
  api = openTestApi(db.database, {
    now: () => clock.now(),
    secrets: { TIDEMARK_SECRET_SIGNING: secret, TIDEMARK_SECRET_OTHER: "another app's" },
  });
  served = await serveApi(api.fetch);
  const send = createSend({
    publicUrl,
    clock,
    egress: everywhere,
    readSecret: () => "xoxb-1",
    timeoutMs: 2_000,
    slackApiUrl: slack.url,
  });
  running = notify({
    ctx: { ...workerContext(db.database, clock), publicUrl, send, post: postAnywhere },
    instance: "slack",
    log: createLog({ name: "slack", level: "error", format: "json" }),
    signal,
    turns: unwatched.turns,
    pubsub: false,
    pingWatchdog: null,
    postAudit: null,
    postLineage: null,
    pause: (realMs) => sleep(realMs, undefined, { signal }).catch(() => undefined),
  });
  const bot = { type: "slack", token: { env: "TIDEMARK_SECRET_TOKEN" }, channel: "C1" };
  await story.channel("chat", { ...bot, signingSecret: { env: "TIDEMARK_SECRET_SIGNING" } });
  await story.channel("elsewhere", { ...bot, signingSecret: { env: "TIDEMARK_SECRET_OTHER" } });
  await story.tree({
    route: { receiver: "team", groupBy: ["cause"], groupWait: "0s", groupInterval: "1s", repeatInterval: "4h" },
    receivers: [{ name: "team", channels: ["chat"] }],
  });
  incident = await story.incident("ams");
});
afterEach(async () => {
  stopping.abort();
  await running;
  await served.stop();
  await api.close();
  await slack.stop();
  await db.drop();
});

interface Said {
  method: string;
  ts?: string;
  thread_ts?: string;
  reply_broadcast?: boolean;
  text: string;
  blocks: {
    type: string;
    elements?: { action_id?: string; value?: string; url?: string; text?: { text: string } }[];
  }[];
}

const said = (): Said[] =>
  slack.received.map(({ path, body }) => ({ method: path.slice(1), ...(JSON.parse(body) as Omit<Said, "method">) }));
const buttonOf = (message: Said | undefined) =>
  message?.blocks.flatMap(({ elements = [] }) => elements).find(({ text }) => text?.text === "Acknowledge");

/** What Slack does on a click. */
async function click(
  value: string | undefined,
  {
    key = secret,
    at = Math.floor(Date.now() / 1000),
    user = "kim",
    more = {},
  }: { key?: string; at?: number; user?: string; more?: object } = {},
) {
  const payload = {
    type: "block_actions",
    user: { id: "U1", username: user, name: user, team_id: "T1" },
    actions: [{ action_id: "tidemark_acknowledge", value, type: "button", action_ts: "1.2" }],
    ...more,
  };
  return post(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), { key, at });
}

async function post(
  body: string,
  { key = secret, at = Math.floor(Date.now() / 1000), signature = sign(body, key, at) } = {},
) {
  const answer = await fetch(`${served.url}/api/v1/integrations/slack/interactions`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": String(at),
      ...(signature && { "x-slack-signature": signature }),
    },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as { outcome?: string; detail: string } };
}

const sign = (body: string, key: string, at: number) =>
  `v0=${createHmac("sha256", key).update(`v0:${at}:${body}`).digest("hex")}`;

const stateNow = async () =>
  (await db.database.sql.query("SELECT state, acknowledged_by AS by FROM incident")).rows[0] as object;

/** A ticket's alert fires: the first message about the incident. */
async function postTicket(): Promise<Said | undefined> {
  await db.database.sql.query("UPDATE incident SET severity = 'ticket'");
  await story.alert("a", "firing", labels("ticket"), incident);
  await until("it is posted", async () => said().length === 1 || `${said().length} are`);
  return said()[0];
}

describe("an incident in Slack", () => {
  test("a severity that worsens is a message in the thread and in the channel, beside the edit", async () => {
    expect(buttonOf(await postTicket())).toMatchObject({
      action_id: "tidemark_acknowledge",
      value: `tidemark:${incident}:ams`,
    });
    await db.database.sql.query("UPDATE incident SET severity = 'page'");
    await story.alert("b", "firing", labels("page"), incident);
    await until("it is edited and told again", async () => said().length === 3 || JSON.stringify(said()));
    const [, edit, told] = said();
    expect(edit).toMatchObject({ method: "chat.update", ts: "17.1" });
    expect(told).toMatchObject({ method: "chat.postMessage", thread_ts: "17.1", reply_broadcast: true });
    expect(told?.text).toBe(":rotating_light: Severity raised to page: ams is silent");
    // The same severity again is an edit alone.
    await story.alert("c", "firing", labels("page"), incident);
    await until("it is edited", async () => said().length === 4 || JSON.stringify(said().slice(3)));
    expect(said()[3]).toMatchObject({ method: "chat.update" });
  });

  test("what is unsigned, old, of another app, of no form or too large changes nothing", async () => {
    const value = buttonOf(await postTicket())?.value;
    const now = Math.floor(Date.now() / 1000);
    const statuses = await Promise.all([
      click(value, { key: "guessed" }),
      click(value, { at: now - 301 }),
      click(value, { at: now + 400 }),
      post("payload=x", { signature: "" }),
      post("payload=x", { signature: "v0=zz" }),
      post("payload=x"),
      post(`payload=${"x".repeat(300_000)}`),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 400, 413]);
    for (const harmless of [
      await click(value, { more: { type: "view_submission", actions: undefined } }),
      await click("tidemark:999:ams"),
      await click("anything"),
      await click(undefined),
      // An app whose channels were not notified of the incident.
      await click(value, { key: "another app's" }),
    ]) {
      expect(harmless).toMatchObject({ status: 200, body: { outcome: "ignored" } });
    }
    expect(await stateNow()).toEqual({ state: "open", by: null });
  });

  test("a click acknowledges in the clicker's name, once, and the message says so without the button", async () => {
    const value = buttonOf(await postTicket())?.value;
    const at = Math.floor(Date.now() / 1000);
    const first = await click(value, { at, user: "kim\u0000 é" });
    expect(first).toEqual({ status: 200, body: { outcome: "acknowledged", detail: expect.any(String) } });
    expect(await stateNow()).toEqual({ state: "acknowledged", by: "kim  é (Slack)" });
    expect(await click(value, { at, user: "kim\u0000 é" })).toMatchObject({
      status: 401,
      body: { detail: "This request was already received. Each signed request is accepted once." },
    });
    expect((await click(value, { user: "lee" })).body.detail).toContain("is acknowledged already");
    await until(
      "the message is edited",
      async () => said().at(-1)?.text.includes("Acknowledged by") || `${said().length} are`,
    );
    expect(said().at(-1)).toMatchObject({ method: "chat.update", ts: "17.1" });
    expect(buttonOf(said().at(-1))).toBeUndefined();
    expect((await story.timeline(incident)).map(({ kind }) => kind)).toContain("acknowledged");
    const clicked = { act: "incident.acknowledged", name: String(incident), actor: "kim  é (Slack)" };
    expect(await story.audited()).toEqual([{ ...clicked, actorKind: "service", door: "slack" }]);
  });
});
