import { describe, expect, it } from "vitest";
import type { BoardRowJson } from "#domain/api/board.ts";
import { findNextDeadline } from "./next-deadline.ts";

const asOf = "2026-11-22T15:42:00Z";

function row(eventType: string, oldestOpenHour: string | null, deadlineSeconds = 7200): BoardRowJson {
  return {
    eventType,
    owner: "payments",
    tier: "high",
    deadlineSeconds,
    state: "closing",
    lagSeconds: null,
    worstDatacenter: null,
    openHours: oldestOpenHour ? 1 : 0,
    oldestOpenHour,
    delaySeconds: null,
    completeThrough: null,
    forecast: null,
    risk: 0,
    strip: [],
  };
}

describe("findNextDeadline", () => {
  it("finds the first to come", () => {
    const rows = [row("Later", "2026-11-22T14", 6000), row("EndSong", "2026-11-22T13"), row("Calm", null)];
    expect(findNextDeadline(rows, asOf)).toEqual({ eventType: "EndSong", inSeconds: 18 * 60 });
  });
  it("leaves out what is late already and what is far away", () => {
    expect(findNextDeadline([row("Late", "2026-11-22T12"), row("Far", "2026-11-22T14", 86_400)], asOf)).toBeNull();
  });
});
