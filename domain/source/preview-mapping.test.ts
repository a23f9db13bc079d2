import { expect, test } from "vitest";
import { previewMapping } from "./preview-mapping.ts";
import { parseSource, type SourceSpec } from "./source-spec.ts";

function specOf(written: object): SourceSpec {
  const parsed = parseSource(written);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
}

const google = specOf({
  cloudMonitoring: {
    project: "my-project",
    subscriptions: [{ match: "(?<type>[A-Za-z]+)-(?<dc>[a-z]+)-etl", eventType: "$type", datacenter: "$dc" }],
    jobs: [{ match: "etl-(?<dc>[a-z]+)", eventTypes: ["EndSong", "AdClick"], datacenter: "$dc" }],
  },
});

test("seen resources are matched by the patterns of their kind, and one that none matches is listed without lanes", () => {
  const seen = [
    { kind: "subscription", id: "EndSong-ams-etl" },
    { kind: "subscription", id: "etl-ams" },
    { kind: "job", id: "etl-lon" },
    // Of another kind of source, before the spec was changed.
    { kind: "table", id: "endsong" },
  ] as const;
  expect(previewMapping(google, seen, [])).toEqual([
    {
      kind: "subscription",
      id: "EndSong-ams-etl",
      lanes: [{ eventType: "EndSong", datacenter: "ams", stage: "delivered" }],
    },
    { kind: "subscription", id: "etl-ams", lanes: [] },
    {
      kind: "job",
      id: "etl-lon",
      lanes: ["EndSong", "AdClick"].map((eventType) => ({ eventType, datacenter: "lon", stage: "delivered" })),
    },
  ]);
});

test("an id that is tried is of the kind whose pattern matches it", () => {
  expect(previewMapping(google, [], ["etl-lon", "nothing"])).toMatchObject([
    { kind: "job", id: "etl-lon", lanes: [{ datacenter: "lon" }, {}] },
    { kind: "subscription", id: "nothing", lanes: [] },
  ]);
});

test("markers and tables wait for nothing: they have no stage", () => {
  const tables = [{ match: "(?<type>\\w+)_(?<dc>[a-z]+)", eventType: "$type", datacenter: "$dc" }];
  const bigQuery = specOf({ bigQuery: { project: "my-project", dataset: "delivered", tables } });
  expect(previewMapping(bigQuery, [{ kind: "table", id: "EndSong_ams" }], [])).toMatchObject([
    { lanes: [{ eventType: "EndSong", datacenter: "ams", stage: null }] },
  ]);
});
