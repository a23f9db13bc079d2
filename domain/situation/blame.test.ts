import { describe, expect, it } from "vitest";
import type { DeploymentFact, InstanceFact } from "../explain.ts";
import { guiltyDeployment } from "./blame.ts";

const onsetAt = new Date("2026-11-22T13:20:00Z");
const minutes = (count: number) => new Date(onsetAt.getTime() + count * 60_000);
const deployment = (part: Partial<DeploymentFact> = {}): DeploymentFact => ({
  id: "1",
  datacenter: "lon",
  component: "exporter",
  version: "3.1.0",
  deployedAt: onsetAt,
  deployedBy: null,
  ...part,
});
const instances = (
  [
    ["exporter", "delivered"],
    ["bridge", "published"],
    ["service", "produced"],
  ] as const
).map(
  ([component, stage]): InstanceFact => ({
    component,
    instance: `${component}-1`,
    version: null,
    startedAt: null,
    downFrom: null,
    lastSeenAt: onsetAt,
    stage,
  }),
);
const stalled = { code: "watermark_stalled", stage: "delivered" } as const;
const blamed = (deployments: DeploymentFact[], mechanism: Parameters<typeof guiltyDeployment>[0] = stalled) =>
  guiltyDeployment(
    mechanism,
    { datacenter: "lon", at: onsetAt },
    { deployments, deploymentsFrom: minutes(-10_080), instances },
  )?.id ?? null;

describe("a deployment is blamed", () => {
  it("when it came minutes before the trouble, at its place or everywhere", () => {
    expect(blamed([deployment({ deployedAt: minutes(-15) })])).toBe("1");
    expect(blamed([deployment({ datacenter: null })])).toBe("1");
    expect(blamed([deployment({ datacenter: "sto" })])).toBeNull();
  });

  it("not when it came after the trouble began, or long before", () => {
    expect(blamed([deployment({ deployedAt: minutes(90) })])).toBeNull();
    expect(blamed([deployment({ deployedAt: minutes(2) })])).toBeNull();
    expect(blamed([deployment({ deployedAt: minutes(-25) })])).toBeNull();
  });

  it("only if its component can do such harm", () => {
    const published = { code: "publishing_stalled", stage: "published" } as const;
    expect(blamed([deployment()], published)).toBeNull();
    expect(blamed([deployment({ component: "bridge" })], published)).toBe("1");
    expect(blamed([deployment({ component: "service" })])).toBeNull();
    expect(blamed([deployment()], { code: "datacenter_silent", stage: "produced" })).toBeNull();
    expect(blamed([deployment({ component: "unknown" })])).toBe("1");
  });

  it("only in the very minute where something is deployed all the time", () => {
    const often = Array.from({ length: 30 }, (_, index) =>
      deployment({ id: `${index + 10}`, deployedAt: minutes(-300 * (index + 1)) }),
    );
    expect(blamed([...often, deployment({ deployedAt: minutes(-5) })])).toBeNull();
    expect(blamed([...often, deployment()])).toBe("1");
  });
});
