import { expect, test } from "vitest";
import type { ProgressJson } from "#domain/api/hour-evidence.ts";
import { makeProgressScale } from "./progress-scale.ts";

const lane: ProgressJson["lanes"][number] = {
  datacenter: "lon",
  closedAt: "2026-11-22T14:30:00Z",
  steps: [],
  watermark: null,
  usualDelay: null,
  usualProduced: null,
  produced: null,
  delivered: 0,
  samples: [],
};
const progress = (lanes: ProgressJson["lanes"]): ProgressJson => ({
  eventType: "EndSong",
  hour: "2026-11-22T13",
  basis: null,
  basisHours: 0,
  lanes,
  asOf: "2026-11-22T18:00:00Z",
});
const endsAt = "2026-11-22T14:00:00Z";

test("it reaches from the hour's start beyond the last closing, and a deadline that is near", () => {
  const scale = makeProgressScale(progress([lane]), { endsAt, deadlineAt: "2026-11-22T15:00:00Z" });
  expect(scale.percentOf("2026-11-22T13:00:00Z")).toBe(0);
  expect(scale.percentOf("2026-11-22T15:00:00Z")).toBeCloseTo(100 / 1.06);
  expect(scale.percentOfDelay(1800)).toBeCloseTo(scale.percentOf("2026-11-22T14:30:00Z"));
});

test("a deadline days away does not press everything into a corner", () => {
  const scale = makeProgressScale(progress([lane]), { endsAt, deadlineAt: "2026-11-25T14:00:00Z" });
  expect(scale.percentOf("2026-11-22T14:30:00Z")).toBeCloseTo(100 / 1.06);
  expect(scale.percentOf("2026-11-25T14:00:00Z")).toBe(100);
});

test("what is not closed reaches up to now", () => {
  const scale = makeProgressScale(progress([{ ...lane, closedAt: null }]), { endsAt, deadlineAt: endsAt });
  expect(scale.percentOf("2026-11-22T18:00:00Z")).toBeCloseTo(100 / 1.06);
});
