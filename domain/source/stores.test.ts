import { describe, expect, test } from "vitest";
import { firstPartition } from "./collect-bigquery.ts";
import { collectCloudStorage } from "./collect-cloud-storage.ts";
import { readTableHistory } from "./iceberg-snapshots.ts";
import { parseSource, type SourceSpec } from "./source-spec.ts";

const faultsOf = (spec: object) => {
  const parsed = parseSource(spec);
  return parsed.ok ? [] : parsed.faults.map(({ pointer, detail }) => `${pointer} ${detail}`);
};
const specOf = (spec: object): SourceSpec => {
  const parsed = parseSource(spec);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
};
const table = { match: ".*", eventType: "A", datacenter: "d" };
const bigQuery = { project: "my-project", dataset: "delivered", tables: [table] };
const iceberg = { uri: "https://catalog.example.com", namespaces: ["a"], tables: [table] };
const subscription = "projects/my-project/subscriptions/objects";
const cloudStorage = { subscription, objects: [{ ...table, hour: "2026-11-22T13" }] };

describe("a spec of a store that is refused", () => {
  test.each([
    [
      "a dataset with a quote",
      { bigQuery: { ...bigQuery, dataset: "x` y" } },
      "/bigQuery/dataset must be a dataset's name",
    ],
    [
      "a lookback without end",
      { bigQuery: { ...bigQuery, lookback: "90d" } },
      "/bigQuery/lookback must be a duration from 1h to 31d",
    ],
    [
      "several types of one table",
      { bigQuery: { ...bigQuery, tables: [{ match: "x", eventTypes: ["A", "B"], datacenter: "d" }] } },
      "/bigQuery/tables/0/eventTypes cannot be divided",
    ],
    ["no table", { bigQuery: { ...bigQuery, tables: [] } }, "/bigQuery/tables must have a mapping"],
    [
      "a location with a space",
      { bigQuery: { ...bigQuery, location: "EU x" } },
      "/bigQuery/location must be a BigQuery location",
    ],
    [
      "a URL with a password",
      { iceberg: { ...iceberg, uri: "https://a:b@c.example.com" } },
      "/iceberg/uri must be a URL",
    ],
    [
      "a token in the file",
      { iceberg: { ...iceberg, token: "secret" } },
      "/iceberg/token must be {env: TIDEMARK_SECRET_…}",
    ],
    ["a short subscription", { cloudStorage: { ...cloudStorage, subscription: "objects" } }, "written in full"],
    [
      "an hour of an unknown group",
      { cloudStorage: { ...cloudStorage, objects: [{ ...table, hour: "$day" }] } },
      "/cloudStorage/objects/0/hour must name only groups of match",
    ],
  ])("%s", (_, spec, sentence) => {
    const [fault] = faultsOf(spec);
    expect(fault).toContain(sentence);
    expect(fault).not.toContain("a:b@");
  });
});

test("partitions are read from the day on in which the lookback begins", () => {
  const now = new Date("2026-11-22T13:20:00Z");
  expect(firstPartition(now, 3_600)).toBe("20261122");
  expect(firstPartition(now, 14 * 3_600)).toBe("20261121");
});

describe("an Iceberg table's history", () => {
  const snapshot = (id: string, parent: string | null, summary: object = { "changed-partition-count": "0" }) => ({
    "snapshot-id": id,
    ...(parent === null ? {} : { "parent-snapshot-id": parent }),
    "timestamp-ms": 1_795_350_000_000,
    summary,
  });
  const metadata = (current: unknown, snapshots: unknown[]) => ({
    "last-updated-ms": 1_795_350_000_000,
    "current-snapshot-id": current,
    snapshots,
  });

  test("has the current branch alone: what was rolled back or is on another branch does not count", () => {
    const found = readTableHistory(
      metadata("3", [snapshot("1", null), snapshot("2", "1"), snapshot("3", "1")]),
      undefined,
    );
    expect(found?.snapshots.map(({ id }) => id)).toEqual(["3", "1"]);
    expect(found?.isWhole).toBe(true);
  });

  test("is not whole when its first snapshots have expired", () => {
    expect(readTableHistory(metadata("3", [snapshot("3", "2")]), undefined)).toMatchObject({ isWhole: false });
  });

  test("ends where a circle closes, and is empty for a table without snapshots", () => {
    const circle = metadata("1", [snapshot("1", "2"), snapshot("2", "1")]);
    expect(readTableHistory(circle, undefined)?.snapshots).toHaveLength(2);
    expect(readTableHistory(metadata(-1, []), undefined)).toMatchObject({ snapshots: [], isWhole: true });
  });

  const included = { "partition-summaries-included": "true", "changed-partition-count": "1" };
  test.each([
    ["no hour", { ...included, "partitions.dc=ams": "added-records=1" }],
    ["two hours", { ...included, "partitions.a=2026-11-22-13/b=2026-11-22-14": "added-records=1" }],
    ["a day", { ...included, "partitions.ts_day=2026-11-22": "added-records=1" }],
    ["a negative count", { ...included, "partitions.h=2026-11-22-13": "added-records=-1" }],
    ["a count that is no number", { ...included, "partitions.h=2026-11-22-13": "added-records=many" }],
    ["partitions left out", { "changed-partition-count": "9" }],
    ["nothing at all", {}],
  ])("says nothing of hours for a summary with %s", (_, summary) => {
    const found = readTableHistory(metadata("1", [snapshot("1", null, summary)]), undefined);
    expect(found?.snapshots[0]?.changes).toBeNull();
  });

  test("reads an hour with the other partition fields as they are written", () => {
    const summary = { ...included, "partitions.dc=a%2Fb/h=2026-11-22-13": "added-records=5,deleted-records=2" };
    const found = readTableHistory(metadata("1", [snapshot("1", null, summary)]), undefined);
    expect(found?.snapshots[0]?.changes).toMatchObject([{ rest: "dc=a/b", added: 5, removed: 2, isUncounted: false }]);
  });

  test.each([null, [], {}, { "last-updated-ms": "x" }, metadata("1", [{ "snapshot-id": "1" }])])(
    "is none for %j",
    (answer) => {
      expect(readTableHistory(answer, undefined)).toBeNull();
    },
  );
});

test("a notification without a bucket, an object or a time is a problem, and one of another kind is none", () => {
  const spec = specOf({ cloudStorage }).cloudStorage;
  if (!spec) throw new Error("no spec");
  const object = {
    eventType: "OBJECT_FINALIZE",
    bucketId: "b",
    objectId: "x/_SUCCESS",
    eventTime: "2026-11-22T14:00:00Z",
  };
  const { bucketId: _, ...noBucket } = object;
  const found = collectCloudStorage(
    spec,
    [object, noBucket, { ...object, eventTime: "soon" }, { ...object, eventType: "OBJECT_ARCHIVE" }, {}],
    1,
  );
  expect(found.events).toHaveLength(1);
  expect(found.problems).toEqual([
    "A notification names no bucket and object. Read a subscription of Cloud Storage's notifications.",
    "The marker b/x/_SUCCESS closes nothing: its eventTime is not an instant.",
  ]);
});
