import { describe, expect, test } from "vitest";
import type { DeploymentFact, InstanceFact } from "../explain.ts";
import type { PlaceFacts } from "./facts.ts";
import { suspectInstance } from "./miscount.ts";

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const now = at("13:20");
const host: InstanceFact = {
  component: "event-service",
  instance: "host-2",
  version: null,
  startedAt: at("13:17"),
  downFrom: at("11:14"),
  lastSeenAt: now,
  stage: "produced",
};

/** Its reporters of 12:00 are missing. */
function suspect(part: Partial<InstanceFact>, deployments: readonly DeploymentFact[] = []) {
  const place: PlaceFacts = {
    datacenter: "lon",
    atMs: [now.getTime()],
    heardMs: [now.getTime()],
    lanes: [],
    instances: [{ ...host, ...part }],
    hours: [],
  };
  const found = suspectInstance(place, "produced", at("12:00"), { now, deployments });
  return found && { diedAt: found.diedAt, fact: found.sign.fact };
}

describe("a host that is back", () => {
  test("died when it was last heard before it started again", () => {
    expect(suspect({})).toEqual({
      diedAt: at("11:14"),
      fact: "host-2 was down from 2026-11-22 11:14 UTC to 2026-11-22 13:17 UTC.",
    });
  });

  test("only restarted, if it was heard just before or nothing is known of it", () => {
    const fact = "host-2 restarted at 2026-11-22 13:17 UTC.";
    expect(suspect({ downFrom: at("13:10") })).toEqual({ diedAt: null, fact });
    expect(suspect({ downFrom: null })).toEqual({ diedAt: null, fact });
  });

  test("is no suspect if a deployment restarted it", () => {
    const deployment = { id: "1", datacenter: "lon", component: "event-service", version: "2", deployedBy: null };
    expect(suspect({}, [{ ...deployment, deployedAt: at("13:16") }])).toBeNull();
  });
});

test("a host that is still down died at its last heartbeat", () => {
  const gone = { startedAt: at("08:00"), downFrom: null, lastSeenAt: at("11:14") };
  expect(suspect(gone)).toEqual({
    diedAt: at("11:14"),
    fact: "host-2 has sent no heartbeat since 2026-11-22 11:14 UTC.",
  });
});
