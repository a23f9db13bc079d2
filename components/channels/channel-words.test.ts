import { expect, test } from "vitest";
import { parseChannel } from "#domain/channel.ts";
import { startingSpecs, targetText } from "./channel-words.ts";

const filledIn = {
  pagerduty: {},
  opsgenie: {},
  teams: {},
  slack: { channel: "C0123456789" },
  webhook: { url: "https://hooks.example.com/tidemark" },
  email: { to: ["data-team@example.com"], smtp: { host: "smtp.example.com", port: 587 } },
  alertmanager: { url: "http://alertmanager.internal:9093" },
};

test.each(Object.entries(startingSpecs))(
  "a new %s channel is whole once its empty fields are filled in",
  (type, spec) => {
    expect(parseChannel({ ...spec, ...filledIn[type as keyof typeof filledIn] })).toMatchObject({
      ok: true,
      spec: { type },
    });
  },
);

test("where a channel leads is said without its secrets", () => {
  const to = ["a@example.com", "b@example.com"];
  expect(targetText({ spec: { type: "email", to, smtp: { host: "smtp.example.com" } } })).toBe(
    "a@example.com, b@example.com",
  );
  expect(targetText({ spec: { type: "slack", url: { env: "TIDEMARK_SECRET_SLACK_URL" } } })).toBe(
    "an incoming webhook",
  );
  expect(targetText({ spec: { type: "webhook", url: { env: "TIDEMARK_SECRET_HOOK_URL" } } })).toBe(
    "an address in the environment",
  );
});
