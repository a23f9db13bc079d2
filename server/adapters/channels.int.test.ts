import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, test } from "vitest";
import { everywhere } from "#domain/egress.ts";
import { anywhere } from "#test/egress.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { notification } from "#test/notification.ts";
import { type SmtpReceiver, startSmtpReceiver } from "#test/smtp-receiver.ts";
import { openEgress } from "./egress.ts";
import { sendEmail } from "./email.ts";
import { sendPagerduty } from "./pagerduty.ts";
import { sendSlack } from "./slack.ts";
import { sendWebhook } from "./webhook.ts";

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

describe("sendWebhook", () => {
  const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"];
  const message = { id: "group:1:ops", body: '{"version":"4"}', secrets, egress: anywhere };

  test("is signed so that a receiver with either secret of a rotation verifies it", async () => {
    const hook = await receiver();
    expect(await sendWebhook({ ...message, url: hook.url })).toMatchObject({ outcome: "sent", status: 200 });
    const [got] = hook.received;
    expect(got?.headers["webhook-id"]).toBe("group:1:ops");
    for (const secret of secrets) {
      expect(new Webhook(secret).verify(got?.body ?? "", got?.headers ?? {})).toEqual({ version: "4" });
    }
    const stranger = new Webhook("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    expect(() => stranger.verify(got?.body ?? "", got?.headers ?? {})).toThrow();
  });

  test.each([
    ["500", { status: 500 }, { outcome: "retryable", status: 500 }],
    [
      "429 with Retry-After",
      { status: 429, headers: { "retry-after": "7" } },
      { outcome: "retryable", afterMs: 7_000 },
    ],
    ["404, which may be a receiver being deployed", { status: 404 }, { outcome: "retryable" }],
    ["410 Gone", { status: 410 }, { outcome: "permanent", status: 410 }],
    [
      "a redirect",
      { status: 302, headers: { location: "http://169.254.169.254/" } },
      { outcome: "permanent", status: 302 },
    ],
  ] as const)("%s", async (_name, answer, expected) => {
    const hook = await receiver(answer);
    expect(await sendWebhook({ ...message, url: hook.url })).toMatchObject(expected);
    expect(hook.received).toHaveLength(1);
  });

  test("a receiver that hangs is given up, one that refuses is tried again", async () => {
    const hook = await receiver("hang");
    const hung = await sendWebhook({ ...message, url: hook.url, timeoutMs: 200 });
    expect(hung).toMatchObject({
      outcome: "retryable",
      detail: expect.stringContaining("did not respond within 0.2 s"),
    });
    await hook.stop();
    expect(await sendWebhook({ ...message, url: hook.url })).toMatchObject({
      outcome: "retryable",
      detail: expect.stringContaining("is unreachable"),
    });
  });

  test("no private address unless allowed, by number or by name, and nothing connects", async () => {
    const hook = await receiver();
    const port = new URL(hook.url).port;
    for (const host of ["127.0.0.1", "localhost", "[::1]", "2130706433"]) {
      const refused = await sendWebhook({
        ...message,
        url: `http://${host}:${port}/`,
        egress: openEgress(everywhere, false),
      });
      expect(refused).toMatchObject({ outcome: "permanent", detail: expect.stringContaining("private address") });
    }
    expect(hook.received).toHaveLength(0);
  });

  test("a secret that is none is said, and nothing is sent unsigned", async () => {
    const hook = await receiver();
    const refused = await sendWebhook({ ...message, url: hook.url, secrets: ["whsec_%%%"] });
    expect(refused).toMatchObject({ outcome: "permanent", detail: expect.stringContaining("whsec_") });
    expect(hook.received).toHaveLength(0);
  });
});

describe("sendPagerduty", () => {
  const target = { routingKey: "R".repeat(32), publicUrl, egress: anywhere };

  test("202 is sent, 400 is for ever, 429 is for later", async () => {
    const pagerduty = await receiver({ status: 202, body: '{"status":"success","dedup_key":"x"}' });
    const send = () => sendPagerduty({ ...target, url: pagerduty.url }, notification());
    expect(await send()).toMatchObject({ outcome: "sent", receipt: { dedupKey: "tidemark:datacenter_silent:ams:7" } });
    expect(pagerduty.received[0]?.path).toBe("/v2/enqueue");
    pagerduty.answer({ status: 400, body: '{"status":"invalid event"}' });
    expect(await send()).toMatchObject({ outcome: "permanent", response: expect.stringContaining("invalid event") });
    pagerduty.answer({ status: 429 });
    expect(await send()).toMatchObject({ outcome: "retryable" });
  });
});

describe("sendSlack", () => {
  const bot = { token: "xoxb-1", channel: "C1", publicUrl, egress: anywhere };

  test("posts once, and edits what it posted", async () => {
    const slack = await receiver({ status: 200, body: '{"ok":true,"channel":"C1","ts":"17.1"}' });
    const first = await sendSlack({ ...bot, apiUrl: slack.url, posted: null }, notification());
    expect(first).toMatchObject({ outcome: "sent", receipt: { ts: "17.1", channel: "C1" } });
    const posted = { ts: "17.1", channel: "C1", severity: "page" };
    await sendSlack({ ...bot, apiUrl: slack.url, posted }, notification({ status: "resolved" }));
    await sendSlack({ ...bot, apiUrl: slack.url, posted }, notification({ kind: "repeat" }));
    expect(slack.received.map(({ path, body }) => [path, JSON.parse(body).ts, JSON.parse(body).thread_ts])).toEqual([
      ["/chat.postMessage", undefined, undefined],
      ["/chat.update", "17.1", undefined],
      ["/chat.update", "17.1", undefined],
      ["/chat.postMessage", undefined, "17.1"],
    ]);
    expect(slack.received[0]?.headers.authorization).toBe("Bearer xoxb-1");
  });

  test("its 200 with ok:false is a refusal or a passing failure, by its name", async () => {
    const slack = await receiver({ status: 200, body: '{"ok":false,"error":"invalid_auth"}' });
    const send = () => sendSlack({ ...bot, apiUrl: slack.url, posted: null }, notification());
    expect(await send()).toMatchObject({ outcome: "permanent", detail: "Rejected by Slack: invalid_auth." });
    slack.answer({ status: 200, body: '{"ok":false,"error":"internal_error"}' });
    expect(await send()).toMatchObject({ outcome: "retryable" });
    slack.answer({ status: 429, headers: { "retry-after": "3" } });
    expect(await send()).toMatchObject({ outcome: "retryable", afterMs: 3_000 });
  });

  test("an incoming webhook gets no metadata, which it would refuse", async () => {
    const slack = await receiver();
    expect(await sendSlack({ webhookUrl: slack.url, publicUrl, egress: anywhere }, notification())).toMatchObject({
      outcome: "sent",
    });
    expect(Object.keys(JSON.parse(slack.received[0]?.body ?? "")).sort()).toEqual(["blocks", "text"]);
  });
});

describe("sendEmail", () => {
  test("arrives as text and HTML, and a conversation stays one", async () => {
    const server = await smtp();
    const target = {
      to: ["oncall@example.com"],
      from: "tidemark@example.com",
      password: null,
      publicUrl,
      egress: anywhere,
    };
    const smtpAt = { host: "127.0.0.1", port: server.port, tls: "none" as const };
    expect(
      await sendEmail({ ...target, smtp: smtpAt }, notification({ title: "ams\r\nBcc: evil@example.com" })),
    ).toMatchObject({
      outcome: "sent",
    });
    await sendEmail({ ...target, smtp: smtpAt }, notification({ status: "resolved", dedupKey: "group:2:ops" }));
    const [first, second] = server.mails;
    expect(first?.header("References")).toBe(second?.header("References"));
    expect(first?.header("Message-ID")).not.toBe(second?.header("Message-ID"));
    expect(first?.raw).toContain("text/plain");
    expect(first?.raw).toContain("text/html");
    expect(first?.header("X-Tidemark-Dedup-Key")).toBe("group:1:ops");
    expect(first?.header("Bcc")).toBeUndefined();
  });

  test.each([
    [451, "retryable"],
    [550, "permanent"],
  ])("%i is %s", async (code, outcome) => {
    const server = await smtp(code);
    const smtpAt = { host: "127.0.0.1", port: server.port, tls: "none" as const };
    const target = {
      to: ["a@example.com"],
      from: "t@example.com",
      smtp: smtpAt,
      password: null,
      publicUrl,
      egress: anywhere,
    };
    expect(await sendEmail(target, notification())).toMatchObject({ outcome, status: code });
  });

  test("a server without STARTTLS is not spoken to in the clear, and one that hangs is given up", async () => {
    const server = await smtp();
    const target = { to: ["a@example.com"], from: "t@example.com", password: null, publicUrl, egress: anywhere };
    const plain = { host: "127.0.0.1", port: server.port, tls: "starttls" as const };
    expect((await sendEmail({ ...target, smtp: plain }, notification())).outcome).not.toBe("sent");
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    undo.push(() => new Promise((resolve) => silent.close(resolve)));
    const hung = { host: "127.0.0.1", port: (silent.address() as AddressInfo).port, tls: "none" as const };
    expect(await sendEmail({ ...target, smtp: hung, timeoutMs: 300 }, notification())).toMatchObject({
      outcome: "retryable",
    });
  });
});

async function smtp(refuseWith: number | null = null): Promise<SmtpReceiver> {
  const started = await startSmtpReceiver();
  started.onMail(() => refuseWith);
  undo.push(() => started.stop());
  return started;
}
