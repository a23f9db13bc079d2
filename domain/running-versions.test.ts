import { describe, expect, test } from "vitest";
import { type Declared, standingOfComponent, standingOfVersion, type VersionSeen } from "./running-versions.ts";

const now = new Date("2026-11-22T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const declared: Declared = { version: "2.0.0", deployedAt: minutesAgo(600) };
const seen = (version: string | null, { age = 1, deployedAge = null as number | null } = {}): VersionSeen => ({
  version,
  lastSeenAt: minutesAgo(age),
  declaredAt: deployedAge === null ? null : minutesAgo(deployedAge),
});
const current = seen("2.0.0", { deployedAge: 600 });
const earlier = seen("1.9.0", { deployedAge: 5_000 });

describe("what runs against what was deployed", () => {
  test("every instance runs the version deployed last: as deployed", () => {
    expect(standingOfComponent([current], declared, now)).toBe("as_deployed");
  });

  test("two versions, both deployed: mixed", () => {
    expect(standingOfComponent([current, earlier], declared, now)).toBe("mixed");
  });

  test("only an earlier version: behind", () => {
    expect(standingOfComponent([earlier], declared, now)).toBe("behind");
  });

  test.each([
    ["some", [current, earlier]],
    ["all", [earlier]],
  ])("within the hour after a deployment, %s instances of the version before: rolling out", (_, versions) => {
    expect(standingOfComponent(versions, { ...declared, deployedAt: minutesAgo(59) }, now)).toBe("rolling_out");
    expect(standingOfComponent(versions, { ...declared, deployedAt: minutesAgo(60) }, now)).not.toBe("rolling_out");
  });

  test("a version that no deployment names: undeclared, also during a rollout and beside the declared one", () => {
    const young = { ...declared, deployedAt: minutesAgo(5) };
    expect(standingOfComponent([current, seen("2.0.1-hotfix")], young, now)).toBe("undeclared");
    expect(standingOfComponent([seen("2.0.1-hotfix")], null, now)).toBe("undeclared");
  });

  test("instances without a version do not contradict those that have one, and alone say nothing", () => {
    expect(standingOfComponent([current, seen(null)], declared, now)).toBe("as_deployed");
    expect(standingOfComponent([seen(null)], declared, now)).toBe("unknown");
  });

  test("an instance not heard for more than 15 minutes does not count", () => {
    expect(standingOfComponent([current, { ...earlier, lastSeenAt: minutesAgo(16) }], declared, now)).toBe(
      "as_deployed",
    );
    expect(standingOfComponent([current, { ...earlier, lastSeenAt: minutesAgo(15) }], declared, now)).toBe("mixed");
    expect(standingOfComponent([{ ...current, lastSeenAt: minutesAgo(16) }], declared, now)).toBe("silent");
  });

  test("a deployment without any heartbeat is unseen", () => {
    expect(standingOfComponent([], declared, now)).toBe("unseen");
  });

  test("each version says how it relates to the deployments", () => {
    expect([current, earlier, seen("x"), seen(null)].map((each) => standingOfVersion(each, declared))).toEqual([
      "deployed",
      "earlier",
      "undeclared",
      "unreported",
    ]);
  });
});
