import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { parseDocument } from "./catalogue.ts";

const document = (kind: string, spec: unknown, name: unknown = "EndSong") => ({
  apiVersion: "tidemark/v1",
  kind,
  metadata: { name },
  spec,
});
const eventType = (spec: Record<string, unknown> = {}) =>
  document("EventType", { owner: "payments", tier: "high", ...spec });

function specOf(value: unknown): unknown {
  const parsed = parseDocument(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.document.spec;
}

/** pointer → detail */
function faultsOf(value: unknown): Record<string, string> {
  const parsed = parseDocument(value);
  return parsed.ok ? {} : Object.fromEntries(parsed.faults.map((fault) => [fault.pointer, fault.detail]));
}

describe("a document of each kind", () => {
  test("a datacenter is read with all its fields", () => {
    expect(parseDocument(document("Datacenter", {}, "lon"))).toEqual({
      ok: true,
      document: document("Datacenter", {}, "lon"),
    });
    expect(
      specOf(
        document("Datacenter", { displayName: "London", activeFrom: "2001-01-01T00", activeTo: "2001-04-01T00Z" }),
      ),
    ).toEqual({
      displayName: "London",
      activeFrom: new Date("2001-01-01T00:00:00Z"),
      activeTo: new Date("2001-04-01T00:00:00Z"),
    });
  });

  test("an event type is read with its required fields alone", () => {
    expect(specOf(eventType())).toEqual({ owner: "payments", tier: "high" });
  });

  test("an event type is read with all its fields", () => {
    const spec = {
      deadline: "90m",
      datacenters: ["lon", "sto"],
      activeFrom: "2026-11-22T00",
      maxLost: "0.01%",
      maxDuplicated: 0.5,
      settle: "0s",
      impliedZero: false,
      expectReporters: true,
      description: "A song ended.\nCounts towards royalties.",
      labels: { team: "payments", note: "" },
    };
    expect(specOf(eventType(spec))).toEqual({
      ...spec,
      owner: "payments",
      tier: "high",
      deadline: 5_400,
      activeFrom: new Date("2026-11-22T00:00:00Z"),
      maxLost: 0.0001,
      settle: 0,
    });
  });

  test("a tier is read with its objectives", () => {
    expect(specOf(document("Tier", { deadline: "2h", objective: "99.5%" }, "high"))).toEqual({
      deadline: 7_200,
      objective: 0.995,
    });
  });

  test("as YAML writes them, with dates unquoted", () => {
    const text = `
apiVersion: tidemark/v1
kind: EventType
metadata: { name: ShortHaul }
spec: { owner: flights, tier: high, deadline: 60m, activeFrom: 2001-01-01T00, activeTo: 2001-04-01T00:00:00Z }
`;
    const expected = {
      owner: "flights",
      tier: "high",
      deadline: 3_600,
      activeFrom: new Date("2001-01-01T00:00:00Z"),
      activeTo: new Date("2001-04-01T00:00:00Z"),
    };
    // YAML 1.1 makes a Date of an instant, YAML 1.2 leaves the text.
    for (const version of ["1.1", "1.2"] as const) {
      expect(parseAllDocuments(text, { version }).map((each) => specOf(each.toJS()))).toEqual([expected]);
    }
  });
});

describe("values", () => {
  test.each([
    ["0.01%", 0.0001],
    ["0.07 %", 0.0007],
    ["100%", 1],
    ["0%", 0],
    [0, 0],
    [1, 1],
    [1e-9, 1e-9],
  ])("maxLost %j is %d", (maxLost, share) => {
    expect(specOf(eventType({ maxLost }))).toMatchObject({ maxLost: share });
  });

  test.each([
    ["maxLost", "101%"],
    ["maxLost", "-1%"],
    ["maxLost", "0.01"],
    ["maxLost", 1.1],
    ["maxLost", -0.1],
    ["maxLost", Number.NaN],
    ["maxDuplicated", true],
    ["deadline", "0s"],
    ["deadline", "2 hours"],
    ["deadline", 3_600],
    ["deadline", null],
    ["settle", "-1s"],
    ["owner", ""],
    ["owner", "a\tb"],
    ["owner", 5],
    ["tier", undefined],
    ["activeFrom", "2026-11-22"],
    ["activeFrom", "2026-11-22T13:30:00Z"],
    ["activeFrom", "1969-12-31T23"],
    ["activeFrom", new Date("2026-11-22T13:30:00Z")],
    ["activeFrom", new Date(Number.NaN)],
    ["activeTo", 2026],
    ["datacenters", "lon"],
    ["datacenters", []],
    ["datacenters", ["lon", "lon"]],
    ["description", "x".repeat(4_097)],
    ["labels", ["a"]],
    ["retention", "7d"],
  ])("a fault at %s for %j", (key, value) => {
    expect(Object.keys(faultsOf(eventType({ [key]: value })))).toEqual([`/spec/${key}`]);
  });

  test("an instant on the hour with an offset is an hour", () => {
    expect(specOf(eventType({ activeFrom: "2026-11-22T15:00:00+02:00" }))).toMatchObject({
      activeFrom: new Date("2026-11-22T13:00:00Z"),
    });
  });

  test("activeTo is after activeFrom", () => {
    expect(faultsOf(document("Datacenter", { activeFrom: "2026-01-02T00", activeTo: "2026-01-02T00" }))).toEqual({
      "/spec/activeTo": "must be after activeFrom, which is 2026-01-02T00; found 2026-01-02T00",
    });
  });

  test("pointers reach into lists and escape the keys of maps", () => {
    expect(Object.keys(faultsOf(eventType({ datacenters: ["lon", 7], labels: { "a/b~c": 1 } })))).toEqual([
      "/spec/datacenters/1",
      "/spec/labels/a~1b~0c",
    ]);
  });
});

describe("objectives", () => {
  test("of a tier and of a type, as shares or percentages", () => {
    const objectives = { timeliness: "99.5%", completeness: 0.999, skew: "99.9%" };
    const read = { timeliness: 0.995, completeness: 0.999, skew: 0.999 };
    expect(specOf(document("Tier", { deadline: "2h", objectives }, "high"))).toEqual({
      deadline: 7200,
      objectives: read,
    });
    expect(specOf(eventType({ objectives: { skew: "99.9%" } }))).toMatchObject({ objectives: { skew: 0.999 } });
  });

  test("objective says the same as objectives.timeliness, or is refused", () => {
    const both = (timeliness: number) =>
      document("Tier", { deadline: "2h", objective: 0.995, objectives: { timeliness } }, "high");
    expect(faultsOf(both(0.995))).toEqual({});
    expect(faultsOf(both(0.9))).toEqual({
      "/spec/objectives/timeliness": "must be the same as objective, which is 0.995; found 0.9",
    });
  });

  test("a share of nothing, and a measure that is none, are refused", () => {
    const faults = faultsOf(eventType({ objectives: { timeliness: 0, speed: 0.9 } }));
    expect(faults["/spec/objectives/speed"]).toBe("is not a known field; known fields: timeliness, completeness, skew");
    expect(faults["/spec/objectives/timeliness"]).toMatch(/^must be a share above 0/);
  });
});

describe("a slip", () => {
  test("in a field's name lists the known ones", () => {
    expect(faultsOf(document("Tier", { deadline: "2h", objectif: 0.9 }))).toEqual({
      "/spec/objectif": "is not a known field; known fields: deadline, objective, objectives",
    });
    expect(
      faultsOf({ ...document("Tier", { deadline: "2h" }), metadata: { name: "a", labels: {} }, status: 1 }),
    ).toEqual({
      "/metadata/labels": "is not a known field; known fields: name",
      "/status": "is not a known field; known fields: apiVersion, kind, metadata, spec",
    });
  });

  test.each(["Alert", "eventtype", "toString", "", undefined, 5])("in the kind (%j) lists the known ones", (kind) => {
    expect(faultsOf({ ...eventType(), kind })["/kind"]).toMatch(
      /^must be one of Datacenter, EventType, Tier, AlertRule, Channel, OnCallSchedule, RoutingTree, Silence, DeploymentHook, Source; /,
    );
  });

  test("a fault in the document's frame names what must be there", () => {
    expect(faultsOf({ kind: "Tier" })).toEqual({
      "/apiVersion": "must be tidemark/v1; it is missing",
      "/metadata": "must be an object; it is missing",
      "/spec": "must be an object; it is missing",
    });
    expect(faultsOf({ ...eventType(), apiVersion: "tidemark/v2", metadata: "x", spec: null })).toEqual({
      "/apiVersion": 'must be tidemark/v1; found "tidemark/v2"',
      "/metadata": 'must be an object; found "x"',
      "/spec": "must be an object; found null",
    });
    expect(Object.keys(faultsOf(document("Tier", { deadline: "2h" }, 7)))).toEqual(["/metadata/name"]);
  });

  test.each([null, undefined, 7, "x", []])("%j is no document", (value) => {
    expect(faultsOf(value)[""]).toMatch(/^must be an object with apiVersion, kind, metadata and spec; found /);
  });
});

describe("names of types and datacenters", () => {
  test("are normalised as those of messages are, also in lists", () => {
    const spec = { owner: "web", tier: "high", datacenters: ["Zu\u0308rich"] };
    const parsed = parseDocument(document("EventType", spec, "Cafe\u0301"));
    expect(parsed).toMatchObject({
      ok: true,
      document: { metadata: { name: "Caf\u00e9" }, spec: { datacenters: ["Z\u00fcrich"] } },
    });
  });

  test.each(["..", " a", "a\ufffe"])("%j is refused, for no message could name it", (name) => {
    expect(parseDocument(document("Datacenter", {}, name))).toMatchObject({
      ok: false,
      faults: [{ pointer: "/metadata/name" }],
    });
  });
});
