import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { parseHour } from "#domain/hour.ts";
import { catalogueYaml, formatRun, parseRun } from "./catalogue.ts";
import { calm } from "./demo-script.ts";
import { makeSimulation } from "./simulation.ts";

const startAt = parseHour("2026-11-08T13")!;
const liveAt = new Date("2026-11-22T13:42:10.000Z");
const simulation = makeSimulation({ seed: 3, types: 40, startAt, liveAt, incidents: calm });
const documents = parseAllDocuments(catalogueYaml(simulation)).map((document) => document.toJS());

describe("the catalogue", () => {
  it("declares five datacenters and forty event types, active from the first hour", () => {
    expect(documents.filter(({ kind }) => kind === "Datacenter").length).toBe(5);
    expect(documents.filter(({ kind }) => kind === "EventType").length).toBe(40);
    for (const { apiVersion, spec } of documents) {
      expect(apiVersion).toBe("tidemark/v1");
      expect(spec.activeFrom).toBe("2026-11-08T13");
    }
    expect(documents.find(({ metadata }) => metadata.name === "PaymentCaptured")).toMatchObject({
      spec: { owner: "payments", tier: "high", deadline: "60m" },
    });
  });

  it("declares the datacenters of a type as those that it is simulated in", () => {
    for (const { kind, metadata, spec } of documents) {
      if (kind !== "EventType") continue;
      const simulated = [...simulation.lanes].filter(([, lanes]) =>
        lanes.some(({ type }) => type.name === metadata.name),
      );
      expect(simulated.map(([dc]) => dc).sort()).toEqual((spec.datacenters ?? [...simulation.lanes.keys()]).toSorted());
    }
  });

  it("has every tier and at least eight owners, among the first dozen types too", () => {
    const types = documents.filter(({ kind }) => kind === "EventType").map(({ spec }) => spec);
    for (const some of [types, types.slice(0, 12)]) {
      expect(new Set(some.map(({ tier }) => tier))).toEqual(new Set(["high", "normal", "low"]));
      expect(new Set(some.map(({ owner }) => owner)).size).toBeGreaterThanOrEqual(8);
    }
  });

  it("names no type twice, however many are asked for", () => {
    const many = makeSimulation({ seed: 3, types: 500, startAt, liveAt, incidents: calm });
    expect(new Set(many.fleet.eventTypes.map(({ name }) => name)).size).toBe(500);
  });

  it("carries the story that it belongs to in a label", () => {
    const [label] = documents.flatMap(({ spec }) => (spec.labels ? [spec.labels.simulator] : []));
    expect(parseRun(label)).toEqual({ seed: 3, liveAt });
  });
});

describe("the run's label", () => {
  it("reads back as it was written", () => {
    expect(parseRun(formatRun({ seed: 12, liveAt }))).toEqual({ seed: 12, liveAt });
  });

  it.each(["", "by hand", "seed 1, live from yesterday", "seed x, live from 2026-11-22T13:42:10.000Z"])(
    "is not found in %o",
    (label) => {
      expect(parseRun(label)).toBeNull();
    },
  );
});
