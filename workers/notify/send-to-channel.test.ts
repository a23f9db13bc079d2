import { afterEach, describe, expect, test } from "vitest";
import type { ChannelSpec } from "#domain/channel.ts";
import { everywhere } from "#domain/egress.ts";
import { withRunbookUrls } from "#domain/notification.ts";
import { publicUrlOf, readConfig, readSecret } from "#server/config.ts";
import { createClock } from "#server/process/clock.ts";
import { notification } from "#test/notification.ts";
import { createSend } from "./send-to-channel.ts";

const clock = createClock({ setting: null });

afterEach(() => {
  delete process.env.TIDEMARK_SECRET_DRILL;
});

describe("a channel's secrets", () => {
  test("one that is not in the environment is named, and retried: it may be set later", async () => {
    const send = createSend({ publicUrl: "http://127.0.0.1:3000", clock, egress: everywhere, readSecret: () => null });
    const channel: ChannelSpec = {
      type: "pagerduty",
      routingKey: { env: "TIDEMARK_SECRET_PAGERDUTY_KEY" },
      url: "http://127.0.0.1:9",
      enabled: true,
    };
    expect(await send({ channel, notification: notification(), posted: null })).toMatchObject({
      outcome: "retryable",
      detail: expect.stringContaining("TIDEMARK_SECRET_PAGERDUTY_KEY is not set"),
    });
  });

  test("only variables with the prefix are ever sent", () => {
    process.env.TIDEMARK_SECRET_DRILL = "s3cret";
    expect(readSecret("TIDEMARK_SECRET_DRILL")).toBe("s3cret");
    const readable = Object.keys(process.env).filter((name) => readSecret(name) !== null);
    expect(readable).toEqual(["TIDEMARK_SECRET_DRILL"]);
    for (const name of ["PATH", "HOME", "DATABASE_URL", "TIDEMARK_ADMIN_TOKEN", "TIDEMARK_SECRET_"]) {
      const before = process.env[name];
      process.env[name] = "mine";
      expect([name, readSecret(name)]).toEqual([name, null]);
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  });
});

test("links begin with TIDEMARK_PUBLIC_URL, else where the pages are on this machine", () => {
  expect(publicUrlOf(readConfig({ TIDEMARK_PUBLIC_URL: "https://tidemark.example.com/" }))).toBe(
    "https://tidemark.example.com",
  );
  expect(publicUrlOf(readConfig({ HOST: "0.0.0.0", PORT: "8080" }))).toBe("http://127.0.0.1:8080");
  expect(publicUrlOf(readConfig({ HOST: "::1" }))).toBe("http://[::1]:3000");
});

test("a runbook of docs/ is sent with the whole URL; another is sent as it is", async () => {
  const own = { runbook_url: "https://wiki.example.com/losses" };
  const sent = withRunbookUrls(
    notification({
      commonAnnotations: { runbook_url: "/docs/runbooks/lost" },
      alerts: notification().alerts.map((alert) => ({ ...alert, annotations: own })),
    }),
    "https://tidemark.example.com",
  );
  expect(sent.commonAnnotations).toEqual({ runbook_url: "https://tidemark.example.com/docs/runbooks/lost" });
  expect(sent.alerts.map(({ annotations }) => annotations)).toEqual([own]);
});
