import { describe, expect, it } from "vitest";
import type { DatacenterEvidenceJson, VerdictJson } from "#domain/api/verdict.ts";
import { verdictSentence } from "./verdict-sentence.ts";

function datacenter(name: string, more: Partial<DatacenterEvidenceJson> = {}): DatacenterEvidenceJson {
  return {
    name,
    closed: true,
    closedAt: "2026-11-22T14:13:00Z",
    watermark: "2026-11-22T14:00:00Z",
    known: true,
    produced: 100,
    published: null,
    delivered: 100,
    lost: 0,
    duplicated: 0,
    ...more,
  };
}

function verdict(more: Partial<VerdictJson>): VerdictJson {
  return {
    eventType: "EndSong",
    hour: "2026-11-22T13",
    state: "complete",
    revision: 1,
    amended: false,
    endsAt: "2026-11-22T14:00:00Z",
    deadlineAt: "2026-11-22T16:00:00Z",
    closedAt: "2026-11-22T14:13:00Z",
    closingDelaySeconds: 780,
    deadlineMet: true,
    produced: 12_345_690,
    delivered: 12_345_678,
    lost: 12,
    duplicated: 0,
    skewed: 0,
    accepted: null,
    completeness: 12_345_678 / 12_345_690,
    datacenters: [datacenter("lon"), datacenter("sjc")],
    reasons: [],
    forecast: null,
    asOf: "2026-11-22T15:00:00Z",
    ...more,
  };
}

const unclosed = { closedAt: null, closingDelaySeconds: null, deadlineMet: null, completeness: null };

describe("verdictSentence", () => {
  it("a complete hour says when it closed and what it has", () => {
    expect(verdictSentence(verdict({}))).toBe(
      "Complete. 12,345,678 of 12,345,690 events (99.9999 %) delivered, closed 13 min after the hour; within the deadline of 2 h.",
    );
  });
  it("a complete hour says that nothing is missing, or that it has no events", () => {
    expect(verdictSentence(verdict({ lost: 0, completeness: 1 }))).toContain("All 12,345,690 events delivered, closed");
    expect(verdictSentence(verdict({ produced: 0, delivered: 0, lost: 0, completeness: 1 }))).toContain(
      "No events produced, closed",
    );
  });
  it("a complete hour that closed after its deadline says so", () => {
    const late = verdict({ closedAt: "2026-11-22T17:05:00Z", closingDelaySeconds: 11_100, deadlineMet: false });
    expect(verdictSentence(late)).toContain("closed 3 h 05 min after the hour; 65 min past the deadline of 2 h.");
  });
  it("amended says its revision", () => {
    expect(verdictSentence(verdict({ amended: true, revision: 3 }))).toMatch(/ Amended: this is revision 3\.$/);
  });
  it("an open hour says when it ends", () => {
    const open = verdict({ ...unclosed, state: "open", asOf: "2026-11-22T13:37:00Z" });
    expect(verdictSentence(open)).toBe("Open. The hour ends in 23 min.");
    expect(verdictSentence({ ...open, asOf: "2026-11-22T10:30:00Z" })).toBe("Open. The hour begins in 2 h 30 min.");
  });
  it("closing names who is awaited and what is left", () => {
    const closing = verdict({
      ...unclosed,
      state: "closing",
      datacenters: [datacenter("lon"), datacenter("sjc", { closed: false })],
    });
    expect(verdictSentence(closing)).toBe(
      "Closing. 1 of 2 datacenters has closed it, waiting for sjc; 60 min left until the deadline.",
    );
  });
  it("late says for how long", () => {
    const late = verdict({
      ...unclosed,
      state: "late",
      asOf: "2026-11-22T16:42:30Z",
      datacenters: [datacenter("lon", { closed: false }), datacenter("sjc", { closed: false })],
    });
    expect(verdictSentence(late)).toBe("Late. None of 2 datacenters has closed it; the deadline passed 42 min ago.");
  });
  it("says that no datacenter is expected to close the hour", () => {
    expect(verdictSentence(verdict({ ...unclosed, state: "closing", datacenters: [] }))).toContain(
      "(claim one in the catalogue)",
    );
  });
  it("verifying says what is off", () => {
    expect(verdictSentence(verdict({ state: "verifying" }))).toBe(
      "Verifying. Closed 13 min after the hour; within the deadline of 2 h; 12 still missing; the counts may still change.",
    );
  });
  it("unverified never guesses", () => {
    const unverified = verdict({
      state: "unverified",
      completeness: null,
      datacenters: [datacenter("lon"), datacenter("sto", { known: false, produced: null })],
    });
    expect(verdictSentence(unverified)).toContain("but sto's produced count is unknown, so losses are unknown.");
  });
  it("incomplete names the datacenter that lost them", () => {
    const incomplete = verdict({
      state: "incomplete",
      lost: 1234,
      datacenters: [datacenter("lon"), datacenter("sjc", { lost: 1234 })],
    });
    expect(verdictSentence(incomplete)).toContain("1,234 of 12,345,690 events were lost (0.01 %), all in sjc; closed");
  });
  it("overcounted names the shares of several", () => {
    const overcounted = verdict({
      state: "overcounted",
      duplicated: 30,
      datacenters: [datacenter("lon", { duplicated: 10 }), datacenter("sjc", { duplicated: 20 })],
    });
    expect(verdictSentence(overcounted)).toContain("30 events were duplicated, in sjc (20) and lon (10); closed");
  });
});
