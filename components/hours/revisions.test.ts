import { describe, expect, it } from "vitest";
import type { RevisionJson } from "#domain/api/verdict.ts";
import { describeChange } from "./revisions.tsx";

const first: RevisionJson = {
  eventType: "EndSong",
  hour: "2026-11-22T13",
  state: "verifying",
  revision: 1,
  amended: false,
  endsAt: "2026-11-22T14:00:00Z",
  deadlineAt: "2026-11-22T16:00:00Z",
  closedAt: "2026-11-22T14:13:00Z",
  closingDelaySeconds: 780,
  deadlineMet: true,
  produced: 12_000,
  delivered: 11_000,
  lost: 1000,
  duplicated: 0,
  skewed: 0,
  accepted: null,
  correction: null,
  completeness: 11 / 12,
  knownAt: "2026-11-22T14:14:00Z",
};

describe("describeChange", () => {
  it("the first revision changes nothing", () => expect(describeChange(null, first)).toBe("first verdict: verifying"));
  it("names the state and every figure that moved", () => {
    expect(describeChange(first, { ...first, revision: 2, state: "complete", delivered: 12_000, lost: 0 })).toBe(
      "verifying → complete, delivered 11,000 → 12,000, lost 1,000 → 0",
    );
  });
  it("distinguishes a closing that moved from one that was reset", () => {
    expect(describeChange(first, { ...first, closedAt: "2026-11-22T14:20:00Z" })).toBe("closing time changed");
    expect(describeChange(first, { ...first, closedAt: null })).toBe("no longer closed");
  });
  it("never says nothing", () => expect(describeChange(first, { ...first, revision: 2 })).toContain("totals did not"));
});
