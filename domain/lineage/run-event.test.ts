import { describe, expect, test } from "vitest";
import { type FinalHour, runEventOf } from "./run-event.ts";

const hour = new Date("2026-11-22T13:00:00Z");
const final: FinalHour = {
  eventType: "EndSong",
  hour,
  state: "complete",
  closedAt: new Date("2026-11-22T14:20:00Z"),
  deadlineAt: new Date("2026-11-22T16:00:00Z"),
  known: true,
  amended: false,
};
const options = {
  runId: "6f8a1c7e-58c5-8a3e-9d0b-3b1d2f0c9a11",
  namespace: "tidemark",
  dataset: { namespace: "gs://events", name: "EndSong" },
  producer: "https://tidemark.example.com",
  at: new Date("2026-11-22T14:40:00Z"),
};
const eventOf = (change: Partial<FinalHour> = {}) => runEventOf({ ...final, ...change }, options);
const assertionsOf = (change: Partial<FinalHour>) =>
  Object.fromEntries(
    eventOf(change).inputs[0]?.inputFacets.dataQualityAssertions.assertions.map(({ assertion, success }) => [
      assertion.replace("tidemark.", ""),
      success,
    ]) ?? [],
  );

/** A shape by its required members, as the specification lists them: a type, a format, or a shape. */
type Shape = { [member: string]: "text" | "uri" | "uuid" | "time" | "flag" | Shape | [Shape] };
const facet: Shape = { _producer: "uri", _schemaURL: "uri" };
/** OpenLineage 2-0-2: RunEvent, Run, Job, InputDataset; NominalTimeRunFacet and DataQualityAssertionsDatasetFacet 1-0-1. */
const runEvent: Shape = {
  eventTime: "time",
  producer: "uri",
  schemaURL: "uri",
  run: { runId: "uuid", facets: { nominalTime: { ...facet, nominalStartTime: "time", nominalEndTime: "time" } } },
  job: { namespace: "text", name: "text" },
  inputs: [
    {
      namespace: "text",
      name: "text",
      inputFacets: { dataQualityAssertions: { ...facet, assertions: [{ assertion: "text", success: "flag" }] } },
    },
  ],
};
const patterns = {
  text: /./,
  uri: /^https:\/\/\S+$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
};

function faultsOf(value: unknown, shape: Shape | [Shape], at = ""): string[] {
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length === 0) return [at];
    return value.flatMap((each, index) => faultsOf(each, shape[0], `${at}/${index}`));
  }
  return Object.entries(shape).flatMap(([member, kind]) => {
    const found = (value as Record<string, unknown>)[member];
    const place = `${at}/${member}`;
    if (typeof kind === "object") return found === undefined ? [place] : faultsOf(found, kind, place);
    if (kind === "flag") return typeof found === "boolean" ? [] : [place];
    return typeof found === "string" && patterns[kind].test(found) ? [] : [place];
  });
}

describe("a run event", () => {
  test.each<[string, Partial<FinalHour>]>([
    ["of a complete hour", {}],
    ["of an amended one", { amended: true, state: "incomplete" }],
    ["of an hour with unknown counts", { state: "unverified", known: false, closedAt: null }],
  ])("%s has every member that OpenLineage requires, in its form", (_, change) => {
    const event = eventOf(change);
    expect(faultsOf(event, runEvent)).toEqual([]);
    expect(["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]).toContain(event.eventType);
  });

  test("without a required member would be found", () => {
    const { runId: _, ...run } = eventOf().run;
    expect(faultsOf({ ...eventOf(), run, eventTime: "yesterday" }, runEvent)).toEqual(["/eventTime", "/run/runId"]);
  });

  test("names the hour as its nominal time, and the type's dataset as what was checked", () => {
    expect(eventOf()).toMatchObject({
      eventType: "COMPLETE",
      run: {
        facets: { nominalTime: { nominalStartTime: "2026-11-22T13:00:00Z", nominalEndTime: "2026-11-22T14:00:00Z" } },
      },
      job: { namespace: "tidemark", name: "completeness.EndSong" },
      inputs: [{ namespace: "gs://events", name: "EndSong" }],
    });
  });

  test("of an amendment adds to the run that was completed", () => {
    expect(eventOf({ amended: true }).eventType).toBe("OTHER");
    expect(eventOf({ amended: true }).run.runId).toBe(eventOf().run.runId);
  });
});

describe("assertions", () => {
  test("say what the verdict decides", () => {
    expect(assertionsOf({})).toEqual({
      complete: true,
      counts_known: true,
      deadline_met: true,
      lost_within_tolerance: true,
      duplicated_within_tolerance: true,
    });
    expect(assertionsOf({ state: "overcounted" })).toMatchObject({
      complete: false,
      lost_within_tolerance: true,
      duplicated_within_tolerance: false,
    });
    expect(assertionsOf({ closedAt: new Date("2026-11-22T16:00:01Z") }).deadline_met).toBe(false);
  });

  test("say nothing of what is unknown", () => {
    expect(assertionsOf({ state: "unverified", known: false })).toEqual({
      complete: false,
      counts_known: false,
      deadline_met: true,
    });
    expect(assertionsOf({ state: "incomplete" })).not.toHaveProperty("duplicated_within_tolerance");
  });
});
