import { describe, expect, test } from "vitest";
import { eventsText, fateText, healthText, hostOf, isInTrouble } from "./webhook-words.ts";

const at = "2026-11-22T14:00:00Z";
const delivered = { attempts: 1, deliveredAt: at, gaveUpAt: null, lastError: null };
const waits = { attempts: 0, deliveredAt: null, gaveUpAt: null, lastError: null };
const retried = { attempts: 2, deliveredAt: null, gaveUpAt: null, lastError: "HTTP 503" };
const givenUp = { attempts: 1, deliveredAt: null, gaveUpAt: at, lastError: "HTTP 410" };
const last = (fate: typeof waits | typeof delivered | typeof givenUp | typeof retried) => ({
  event: "complete" as const,
  hour: "2026-11-22T13",
  day: null,
  queuedAt: at,
  ...fate,
});

test.each([
  [delivered, "delivered"],
  [{ ...delivered, attempts: 3 }, "delivered after 3 attempts"],
  [waits, "waiting to be sent"],
  [retried, "retrying after 2 attempts: HTTP 503"],
  [givenUp, "failed after 1 attempt: HTTP 410"],
])("%j", (fate, text) => {
  expect(fateText(fate)).toBe(text);
});

describe("a webhook's health", () => {
  test.each([
    [{ lastMessage: null, waiting: 0, failed: 0 }, "no messages yet", false],
    [{ lastMessage: last(delivered), waiting: 0, failed: 0 }, "2026-11-22T13 complete, delivered", false],
    [{ lastMessage: last(waits), waiting: 1, failed: 0 }, "2026-11-22T13 complete, waiting to be sent", false],
    [
      { lastMessage: last(retried), waiting: 4, failed: 0 },
      "2026-11-22T13 complete, retrying after 2 attempts: HTTP 503; 3 more waiting",
      true,
    ],
    [
      { lastMessage: last(givenUp), waiting: 0, failed: 1 },
      "2026-11-22T13 complete, failed after 1 attempt: HTTP 410",
      true,
    ],
    [
      { lastMessage: last(delivered), waiting: 0, failed: 1 },
      "2026-11-22T13 complete, delivered; 1 earlier failed",
      true,
    ],
  ])("%j", (health, text, inTrouble) => {
    expect(healthText(health)).toBe(text);
    expect(isInTrouble(health)).toBe(inTrouble);
  });
});

test("names its events and its target", () => {
  expect(eventsText({ events: ["complete", "run"], runHours: 24, dayZone: null, dayEventTypes: [] })).toBe(
    "complete, runs of 24 h",
  );
  expect(
    eventsText({
      events: ["day", "day-amended"],
      runHours: null,
      dayZone: "Europe/Stockholm",
      dayEventTypes: ["AdClick", "EndSong"],
    }),
  ).toBe("days of AdClick, EndSong (Europe/Stockholm), amended days");
  expect(hostOf({ url: "https://plays.example.com:8443/hooks/secret-path" })).toBe("plays.example.com:8443");
});
