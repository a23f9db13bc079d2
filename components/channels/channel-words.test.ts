import { expect, test } from "vitest";
import { parseChannel } from "#domain/channel.ts";
import { startingSpecs, targetText } from "./channel-words.ts";

test.each(Object.entries(startingSpecs))("a new %s channel can be applied as it stands", (type, { spec }) => {
  expect(parseChannel(spec)).toMatchObject({ ok: true, spec: { type } });
});

test("where a channel leads is said without its secrets", () => {
  expect(targetText({ type: "email", spec: { to: ["a@example.com", "b@example.com"] } })).toBe(
    "a@example.com, b@example.com",
  );
  expect(targetText({ type: "slack", spec: { url: { env: "SLACK_URL" } } })).toBe("an incoming webhook");
  expect(targetText({ type: "webhook", spec: { url: { env: "HOOK_URL" } } })).toBe("an address in the environment");
});
