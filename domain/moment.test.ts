import { describe, expect, it, test } from "vitest";
import { bareMomentOf, momentOf, withoutToday } from "./moment.ts";

const at = new Date("2026-11-21T22:03:59Z");

test("a moment of a sentence has its date, its minute and its zone", () => {
  expect([momentOf(at), bareMomentOf(at)]).toEqual(["2026-11-21 22:03 UTC", "2026-11-21 22:03"]);
});

describe("a kept sentence", () => {
  const kept = `ash sent no message of any type for 20 min from ${momentOf(at)}.`;

  it("has no date when it is read on its day, and has it from midnight UTC on", () => {
    const short = "ash sent no message of any type for 20 min from 22:03 UTC.";
    expect(withoutToday(kept, new Date("2026-11-21T23:59:59.999Z"))).toBe(short);
    expect(withoutToday(kept, new Date("2026-11-22T00:00:00Z"))).toBe(kept);
  });

  it("keeps its date for someone who keeps it", () => {
    expect(withoutToday(kept, null)).toBe(kept);
  });

  it("keeps all dates while one of its times is of another day: which day a bare time is of stays clear", () => {
    const span = "The watermarks stood still from 2026-11-21 23:50 UTC to 2026-11-22 00:20 UTC.";
    expect(withoutToday(span, new Date("2026-11-22T00:30:00Z"))).toBe(span);
  });

  it("is read sentence by sentence", () => {
    const now = new Date("2026-11-22T00:10:00Z");
    expect(withoutToday("Late since 2026-11-21 23:20 UTC. All closed by about 2026-11-22 00:40 UTC.", now)).toBe(
      "Late since 2026-11-21 23:20 UTC. All closed by about 00:40 UTC.",
    );
  });

  it("keeps names of hours and bare dates", () => {
    const text = "EndSong: hour 2026-11-21T13 is held up since 2026-11-21, by 3 hosts.";
    expect(withoutToday(text, at)).toBe(text);
  });
});
