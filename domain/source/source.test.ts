import { describe, expect, test } from "vitest";
import { type Collection, checkCollection, mapResource, maxResources, parseSource, rememberMapped } from "../source.ts";

const monitoring = (spec: object) => ({ cloudMonitoring: { project: "my-project", ...spec } });
const etl = { match: "(?<type>[A-Za-z]+)-(?P<dc>ams|lon)-etl", eventType: "$type", datacenter: "$dc" };

function read(spec: unknown) {
  const parsed = parseSource(spec);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const { cloudMonitoring } = parsed.spec;
  if (!cloudMonitoring) throw new Error("no Cloud Monitoring");
  return cloudMonitoring;
}
function faults(spec: unknown) {
  const parsed = parseSource(spec);
  return parsed.ok ? [] : parsed.faults.map(({ pointer, detail }) => `${pointer} ${detail}`);
}

describe("a mapping", () => {
  const { subscriptions } = read(
    monitoring({ subscriptions: [etl, { match: "shared-.*", eventTypes: ["A", "B"], datacenter: "sjc" }] }),
  );

  test("fills names with the groups of the pattern that matches the whole id", () => {
    expect(mapResource(subscriptions, "EndSong-ams-etl")).toMatchObject({ eventTypes: ["EndSong"], datacenter: "ams" });
    expect(mapResource(subscriptions, "EndSong-ams-etl-dlq")).toBeNull();
    expect(mapResource(subscriptions, "EndSong-mars-etl")).toBeNull();
  });

  test("may name several event types that share a resource", () => {
    expect(mapResource(subscriptions, "shared-x")).toMatchObject({ eventTypes: ["A", "B"], datacenter: "sjc" });
  });

  test("counts in the order of the list: the first match decides", () => {
    const { jobs } = read(
      monitoring({
        jobs: [
          { match: "etl-.*", eventType: "First", datacenter: "ams" },
          { match: ".*", eventType: "Rest", datacenter: "ams" },
        ],
      }),
    );
    const map = rememberMapped(jobs);
    const types = ["etl-1", "other", "etl-1"].map((id) => map(id)?.eventTypes);
    expect(types).toEqual([["First"], ["Rest"], ["First"]]);
  });

  test("leaves a dollar sign that is written twice, and a group that took no part is empty", () => {
    const { jobs } = read(
      monitoring({ jobs: [{ match: "a(?<b>x)?", eventType: "$$cost-$b-end", datacenter: "ams", component: "c-$b" }] }),
    );
    const mapped = mapResource(jobs, "a");
    expect(mapped?.eventTypes).toEqual(["$cost--end"]);
    expect(mapped?.fill(mapped.mapping.component ?? "")).toBe("c-");
  });
});

describe("a spec that is refused", () => {
  const sub = { match: "x", eventType: "A", datacenter: "d" };
  test.each([
    ["without a kind", {}, /must have exactly one of cloudMonitoring.*found none/],
    ["with an unknown member", { kafkaa: {} }, /known fields: owner, enabled, cloudMonitoring/],
    ["without a mapping", monitoring({}), /cloudMonitoring\/subscriptions must map something/],
    [
      "with an invalid project",
      { cloudMonitoring: { project: "My Project", jobs: [sub] } },
      /project id such as my-project/,
    ],
    [
      "with an invalid pattern",
      monitoring({ jobs: [{ ...sub, match: "(" }] }),
      /jobs\/0\/match must be a regular expression \(RE2\).*missing closing \)/,
    ],
    ["with a backreference", monitoring({ jobs: [{ ...sub, match: "(a)\\1" }] }), /must be a regular expression/],
    [
      "with a pattern that unfolds without end",
      monitoring({ jobs: [{ ...sub, match: "(((a{100}){100}){100})" }] }),
      /too large|invalid repeat/,
    ],
    [
      "with a group that the pattern does not have",
      monitoring({ jobs: [{ ...sub, eventType: "$type" }] }),
      /eventType must name only groups of match \(it has none\); found \$type/,
    ],
    [
      "with a component of an unknown group",
      monitoring({ jobs: [{ ...sub, component: "$x" }] }),
      /component must name only groups/,
    ],
    [
      "with two ways to name types",
      monitoring({ jobs: [{ ...sub, eventTypes: ["B"] }] }),
      /eventType is required, or eventTypes instead/,
    ],
    ["with no type", monitoring({ jobs: [{ match: "x", datacenter: "d" }] }), /eventType is required/],
    ["with a retention of 0", monitoring({ retention: "0s", jobs: [sub] }), /retention must be a duration above 0/],
  ])("%s", (_, spec, message) => {
    expect(faults(spec).join("\n")).toMatch(message);
  });

  test("defaults to a retention of 7 days and the stage delivered", () => {
    expect(read(monitoring({ subscriptions: [etl] }))).toMatchObject({
      retention: 7 * 86_400,
      subscriptions: [{ stage: "delivered" }],
    });
  });
});

describe("a collection at the door", () => {
  const now = new Date("2026-11-22T13:00:00Z");
  const resource = { kind: "subscription", id: "a" } as const;
  const reading = { resource, metric: "age", value: 1, text: null, at: now, sampledSeconds: 60 };
  const lane = { eventType: "EndSong", datacenter: "ams", stage: null, retentionSeconds: null };
  const empty: Collection = {
    events: [],
    readings: [],
    resources: [{ ...resource, lanes: [lane] }],
    problems: [],
    calls: 1,
  };

  test.each([
    ["a value that is not a number", { value: Number.NaN }, /not a number/],
    ["an infinite value", { value: Number.POSITIVE_INFINITY }, /not a number/],
    ["a point of the future", { at: new Date("2026-11-22T13:11:00Z") }, /more than 10 minutes ahead of now/],
    ["an invalid time", { at: new Date(Number.NaN) }, /valid time/],
    ["no value at all", { value: null }, /without a value/],
    ["a text that cannot be stored", { value: null, text: "a\u0000b" }, /cannot be stored/],
    ["a negative count", { counts: [{ hour: now as never, count: -1 }] }, /negative or too large/],
  ])("refuses %s, says so and keeps the rest", (_, changed, message) => {
    const checked = checkCollection({ ...empty, readings: [{ ...reading, ...changed }, reading] }, now);
    expect(checked.readings).toEqual([reading]);
    expect(checked.problems.join("\n")).toMatch(message);
  });

  test("normalises names, and refuses those that are none", () => {
    const lanes = [
      { ...lane, eventType: "Cafe\u0301" },
      { ...lane, eventType: " " },
    ];
    const checked = checkCollection({ ...empty, resources: [{ ...resource, lanes }] }, now);
    expect(checked.resources[0]?.lanes.map(({ eventType }) => eventType)).toEqual(["Caf\u00e9"]);
    expect(checked.problems).toEqual([expect.stringContaining('subscription a gives " ", which is not a valid name')]);
  });

  test("keeps a bounded number of resources", () => {
    const resources = Array.from({ length: maxResources + 1 }, (_, index) => ({
      ...resource,
      id: `${index}`,
      lanes: [],
    }));
    const checked = checkCollection({ ...empty, resources }, now);
    expect(checked.resources.length).toBe(maxResources);
    expect(checked.problems).toEqual([expect.stringContaining("50001 resources were found")]);
  });
});
