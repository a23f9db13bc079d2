import { expect, test } from "vitest";
import { parseChannel } from "#domain/channel.ts";
import { startingSpecs, targetText } from "./channel-words.ts";

test.each(Object.entries(startingSpecs))("a new %s channel can be applied as it stands", (type, { spec }) => {
  expect(parseChannel(spec)).toMatchObject({ ok: true, spec: { type } });
});

test("where a channel leads is said without its secrets", () => {
  const to = ["a@example.com", "b@example.com"];
  expect(targetText({ spec: { type: "email", to, smtp: { host: "smtp.example.com" } } })).toBe(
    "a@example.com, b@example.com",
  );
  expect(targetText({ spec: { type: "slack", url: { env: "SLACK_URL" } } })).toBe("an incoming webhook");
  expect(targetText({ spec: { type: "webhook", url: { env: "HOOK_URL" } } })).toBe("an address in the environment");
});
