import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileNotification } from "#test/hostile-notification.ts";
import { notification } from "#test/notification.ts";
import { pagerdutyEvent } from "./pagerduty.ts";

const target = { routingKey: "R".repeat(32), publicUrl: "https://tidemark.example.com" };

describe("pagerdutyEvent", () => {
  test("triggers, acknowledges and resolves under one key", () => {
    const trigger = pagerdutyEvent(target, notification());
    const acknowledge = pagerdutyEvent(target, notification({ kind: "acknowledge", dedupKey: "other" }));
    const resolve = pagerdutyEvent(target, notification({ status: "resolved", dedupKey: "third" }));
    expect([trigger, acknowledge, resolve].map((event) => event.event_action)).toEqual([
      "trigger",
      "acknowledge",
      "resolve",
    ]);
    expect(new Set([trigger, acknowledge, resolve].map((event) => event.dedup_key)).size).toBe(1);
    expect(trigger).toMatchObject({
      payload: {
        severity: "critical",
        source: "EndSong",
        timestamp: "2026-11-23T01:02:03.000Z",
        custom_details: {
          summary: expect.stringContaining("ams is silent since 01:02 UTC."),
          affected_hours: "12, 2026-11-23T00 to 2026-11-23T01",
          affected_consumers: "royalties (royalties@example.com)",
        },
      },
      links: [{ href: "https://tidemark.example.com/alerts/incidents/7" }, {}, {}],
    });
  });

  test("whatever it reports, it stays within PagerDuty's documented limits", () => {
    fc.assert(
      fc.property(hostileNotification, (message) => {
        const event = pagerdutyEvent(target, message);
        expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(512 * 1024);
        expect(event.dedup_key.length).toBeLessThanOrEqual(255);
        if (!("payload" in event)) return;
        expect(event.payload.summary.length).toBeGreaterThan(0);
        expect(event.payload.summary.length).toBeLessThanOrEqual(1024);
        expect(["critical", "error", "warning", "info"]).toContain(event.payload.severity);
        expect(event.payload.source.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
