import { afterEach, describe, expect, test } from "vitest";
import { anywhere } from "#test/egress.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { notification } from "#test/notification.ts";
import { situationForTest } from "#test/situation.ts";
import { sendOpsgenie } from "./opsgenie.ts";
import { sendTeams } from "./teams.ts";

const publicUrl = "https://tidemark.example.com";
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function receiver(...answer: Parameters<typeof startHttpReceiver>): Promise<HttpReceiver> {
  const started = await startHttpReceiver(...answer);
  undo.push(() => started.stop().catch(() => undefined));
  return started;
}

/** Over, with all hours recovered. */
function ended() {
  const base = notification();
  const { extent } = situationForTest();
  const hours = extent.hours && { ...extent.hours, final: 12 };
  const situation = situationForTest({
    phase: "over",
    phaseSince: "2026-11-23T02:35:03Z",
    extent: { ...extent, hours },
  });
  return notification({
    status: "resolved",
    incident: base.incident && { ...base.incident, state: "resolved", situation },
  });
}

const failures = [
  ["500", { status: 500 }, { outcome: "retryable", status: 500 }],
  ["429 with Retry-After", { status: 429, headers: { "retry-after": "7" } }, { outcome: "retryable", afterMs: 7_000 }],
  ["400", { status: 400, body: "no" }, { outcome: "permanent", status: 400 }],
  ["401", { status: 401 }, { outcome: "permanent", status: 401 }],
] as const;

describe("sendTeams", () => {
  const send = (url: string, message = notification(), timeoutMs = 5_000) =>
    sendTeams({ webhookUrl: `${url}/workflows/x?sig=s3cret`, publicUrl, egress: anywhere, timeoutMs }, message);
  const cardOf = (body = "{}") => JSON.parse(body).attachments[0].content;

  test("posts a card for each change: fired, worse, acknowledged, resolved", async () => {
    const teams = await receiver({ status: 202 });
    const { incident } = notification();
    const acknowledged = incident && { ...incident, state: "acknowledged", acknowledgedBy: "kim" };
    for (const message of [
      notification(),
      notification({ kind: "repeat" }),
      notification({ kind: "acknowledge", incident: acknowledged }),
      ended(),
    ]) {
      expect(await send(teams.url, message)).toMatchObject({ outcome: "sent", status: 202 });
    }
    const cards = teams.received.map(({ body }) => cardOf(body));
    expect(cards.map(({ speak }) => speak)).toEqual([
      "Firing: ams is silent",
      "Still firing: ams is silent",
      "Acknowledged by kim: ams is silent",
      "Resolved: ams is silent",
    ]);
    expect(cards[0]).toMatchObject({ type: "AdaptiveCard", version: "1.4" });
    const titles = cards.map(({ actions }) => actions.map(({ title }: { title: string }) => title).join(" "));
    expect(titles).toEqual(["Open Acknowledge Silence", "Open Acknowledge Silence", "Open Silence", "Open"]);
    expect(JSON.stringify(cards[0])).toContain("ams has sent nothing since 01:02 UTC.");
    expect(JSON.stringify(cards[3])).toContain("Resolved after 93 min: all 12 hours recovered.");
  });

  test.each([
    ...failures,
    ["404: a workflow that is being saved", { status: 404 }, { outcome: "retryable" }],
    [
      "a workflow that is off",
      { status: 400, body: '{"error":{"code":"WorkflowTriggerIsNotEnabled"}}' },
      { outcome: "retryable" },
    ],
    ["a redirect", { status: 302, headers: { location: "http://169.254.169.254/" } }, { outcome: "permanent" }],
  ] as const)("%s", async (_name, answer, expected) => {
    const teams = await receiver(answer);
    expect(await send(teams.url)).toMatchObject(expected);
    expect(teams.received).toHaveLength(1);
  });

  test("one that hangs is given up, one that is gone is tried again; the URL, which is a secret, is not said", async () => {
    const teams = await receiver("hang");
    const hung = await send(teams.url, notification(), 200);
    expect(hung).toMatchObject({
      outcome: "retryable",
      detail: expect.stringContaining("did not respond within 0.2 s"),
    });
    await teams.stop();
    const gone = await send(teams.url);
    expect(gone).toMatchObject({ outcome: "retryable", detail: expect.stringContaining("is unreachable") });
    expect(`${hung.detail} ${gone.detail}`).not.toContain("s3cret");
  });
});

describe("sendOpsgenie", () => {
  const responders = [
    { type: "team", name: "data-delivery" },
    { type: "user", name: "kim@example.com" },
  ] as const;
  const send = (url: string, message = notification(), { priority = null as string | null, timeoutMs = 5_000 } = {}) =>
    sendOpsgenie({ url, apiKey: "eb243592", responders, publicUrl, priority, egress: anywhere, timeoutMs }, message);
  const accepted = { status: 202, body: '{"result":"Request will be processed","took":0.3,"requestId":"43a29c5c"}' };
  const alias = "tidemark:datacenter_silent:ams:7";

  test("creates, counts up, acknowledges and closes one alert by its alias", async () => {
    const opsgenie = await receiver(accepted);
    const { incident } = notification();
    const acknowledged = incident && { ...incident, state: "acknowledged", acknowledgedBy: "kim" };
    expect(await send(opsgenie.url)).toMatchObject({
      outcome: "sent",
      status: 202,
      receipt: { alias, priority: "P1" },
    });
    await send(opsgenie.url, notification({ kind: "repeat" }), { priority: "P1" });
    await send(opsgenie.url, notification({ kind: "acknowledge", incident: acknowledged }), { priority: "P1" });
    await send(opsgenie.url, ended(), { priority: "P1" });
    const at = (act: string) => `/v2/alerts/${encodeURIComponent(alias)}/${act}?identifierType=alias`;
    expect(opsgenie.received.map(({ path }) => path)).toEqual([
      "/v2/alerts",
      "/v2/alerts",
      at("acknowledge"),
      at("close"),
    ]);
    expect(opsgenie.received[0]?.headers.authorization).toBe("GenieKey eb243592");
    const [created, , acknowledge, close] = opsgenie.received.map(({ body }) => JSON.parse(body));
    expect(created).toMatchObject({
      message: "ams is silent",
      alias,
      priority: "P1",
      entity: "EndSong",
      responders: [
        { type: "team", name: "data-delivery" },
        { type: "user", username: "kim@example.com" },
      ],
      details: { url: "https://tidemark.example.com/alerts/incidents/7", incident: "7" },
    });
    expect(created.description).toContain("Affected consumers: royalties (royalties@example.com)");
    expect(acknowledge).toMatchObject({ user: "kim" });
    expect(close.note).toBe("Resolved after 93 min: all 12 hours recovered.");
  });

  test("a severity that worsens raises the priority; one that is better leaves it", async () => {
    const opsgenie = await receiver(accepted);
    await send(opsgenie.url, notification(), { priority: "P3" });
    expect(opsgenie.received.map(({ path }) => path)).toEqual([
      "/v2/alerts",
      `/v2/alerts/${encodeURIComponent(alias)}/priority?identifierType=alias`,
    ]);
    expect(JSON.parse(opsgenie.received[1]?.body ?? "")).toEqual({ priority: "P1" });
    await send(opsgenie.url, notification({ severity: "ticket", incident: null }), { priority: "P1" });
    expect(opsgenie.received).toHaveLength(3);
  });

  test.each([
    ...failures,
    [
      "422",
      { status: 422, body: '{"message":"Request body is not processable"}' },
      { outcome: "permanent", status: 422 },
    ],
  ] as const)("%s", async (_name, answer, expected) => {
    const opsgenie = await receiver(answer);
    expect(await send(opsgenie.url, notification(), { priority: "P3" })).toMatchObject(expected);
    // What was not accepted is not followed by the rest.
    expect(opsgenie.received).toHaveLength(1);
  });

  test("one that hangs is given up, one that is gone is tried again", async () => {
    const opsgenie = await receiver("hang");
    expect(await send(opsgenie.url, notification(), { timeoutMs: 200 })).toMatchObject({ outcome: "retryable" });
    await opsgenie.stop();
    expect(await send(opsgenie.url)).toMatchObject({
      outcome: "retryable",
      detail: expect.stringContaining("is unreachable"),
    });
  });
});
