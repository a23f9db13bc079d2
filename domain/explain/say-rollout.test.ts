import { expect, test } from "vitest";
import { sayRollout } from "./say-rollout.ts";

const deployment = (version: string, time: string, more: { component?: string; datacenter?: string | null } = {}) => ({
  ...{ id: version, component: "etl", datacenter: "lon", version, deployedBy: null },
  ...more,
  deployedAt: new Date(`2026-11-22T${time}Z`),
});
const set = ["1", "2", "3", "4", "5", "6"].map((version) => deployment(version, `13:04:0${version}`));

test("jobs that are replaced together are named as a set", () => {
  expect(sayRollout(set[2] as (typeof set)[number], set)).toEqual({
    said: "6 versions of etl (1, 2, 3 and 3 more) were deployed",
    rollBack: "Roll them back, or check what they changed.",
    check: "Check what they changed before you roll them back.",
  });
});

test("another component, place or time is another deployment", () => {
  const one = deployment("7", "13:04:00");
  const others = [
    deployment("8", "13:07:00"),
    deployment("9", "13:04:00", { component: "exporter" }),
    deployment("10", "13:04:00", { datacenter: null }),
  ];
  expect(sayRollout(one, [one, ...others]).said).toBe("etl 7 was deployed");
});
