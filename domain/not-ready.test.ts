import { describe, expect, it } from "vitest";
import { explainNotReady, type HourNotReady, retryAfterSeconds } from "./not-ready.ts";

const hour = new Date("2026-11-22T13:00:00Z");
const closing: HourNotReady = {
  eventType: "EndSong",
  hour,
  state: "closing",
  deadlineAt: new Date("2026-11-22T16:00:00Z"),
  completeness: null,
  minCompleteness: null,
  reasons: [{ message: "west has not closed the hour." }],
  usualDelaySeconds: 41 * 60,
  now: new Date("2026-11-22T14:05:00Z"),
};

describe("explainNotReady", () => {
  it("closing: who holds it up, and when it probably closes", () => {
    expect(explainNotReady(closing)).toBe(
      "EndSong 2026-11-22T13 is not closed by every expected datacenter yet. west has not closed the hour. " +
        "It usually closes 41 min after the hour's end, probably at 2026-11-22T14:41:00Z; the deadline is 2026-11-22T16:00:00Z.",
    );
  });

  it("open: when it ends", () => {
    expect(explainNotReady({ ...closing, state: "open", reasons: [] })).toMatch(
      /^EndSong 2026-11-22T13 has not ended yet. It ends at 2026-11-22T14:00:00Z\. It usually/,
    );
  });

  it("later than usual: says that it is overdue instead of promising the past", () => {
    expect(explainNotReady({ ...closing, now: new Date("2026-11-22T15:00:00Z") })).toMatch(
      /41 min after the hour's end, so it is later than usual; the deadline is/,
    );
  });

  it("late: the deadline is past", () => {
    const late = { ...closing, state: "late" as const, now: new Date("2026-11-22T17:00:00Z"), usualDelaySeconds: null };
    expect(explainNotReady(late)).toMatch(
      /There is no recent closing to estimate from; the deadline was 2026-11-22T16/,
    );
  });

  it("settled: waiting alone does not help, and the unmet threshold is named", () => {
    const lost = { ...closing, state: "incomplete" as const, completeness: 0.98, minCompleteness: 0.99, reasons: [] };
    expect(explainNotReady(lost)).toBe(
      "EndSong 2026-11-22T13 is incomplete: its completeness is 0.98, and 0.99 is required. " +
        "It becomes ready only if the missing events are reported later.",
    );
    expect(explainNotReady({ ...lost, minCompleteness: null })).toMatch(/13 is incomplete\. It becomes/);
    for (const state of ["overcounted", "unverified"] as const)
      expect(explainNotReady({ ...lost, state, completeness: null })).toBe(
        `EndSong 2026-11-22T13 is ${state}. It becomes ready only if later reports correct its counts.`,
      );
  });
});

describe("retryAfterSeconds", () => {
  const ask = (state: "open" | "closing", now: string, speed = 1) =>
    retryAfterSeconds(state, hour, new Date(now), speed);

  it("waits for an open hour's end, five minutes at the most", () => {
    expect(ask("open", "2026-11-22T13:59:00Z")).toBe(60);
    expect(ask("open", "2026-11-22T13:00:00Z")).toBe(300);
    expect(ask("open", "2026-11-22T13:59:59.999Z")).toBe(1);
  });

  it("asks an ended hour again in 15 s", () => expect(ask("closing", "2026-11-22T14:00:00Z")).toBe(15));

  it("counts real seconds in a drill, never none", () => {
    expect(ask("open", "2026-11-22T13:00:00Z", 10)).toBe(30);
    expect(ask("closing", "2026-11-22T14:00:00Z", 720)).toBe(1);
  });
});
