import { describe, expect, it } from "vitest";
import type { Cause } from "../explain.ts";
import { agreeWithIncidents, type SaidOfIncident } from "./agree.ts";

const at = new Date("2026-11-22T13:20:00Z");
const place = { component: null, instance: null, version: null, deploymentId: null, sentence: "" };
const ofHour = (part: Partial<Cause>): Cause => ({
  code: "deployment",
  datacenter: "sjc",
  stage: "delivered",
  since: new Date("2026-11-22T14:50:00Z"),
  score: 0.9,
  evidence: [],
  ...place,
  ...part,
});
const cut: SaidOfIncident = {
  causeKey: "datacenter/sjc/late",
  cause: { code: "publishing_stalled", datacenter: "sjc", stage: "published", score: 0.8, evidence: [], ...place },
  onset: { at, source: "watermark" },
};
const codes = (causes: Cause[]) => causes.map(({ code }) => code);

describe("an hour of an incident", () => {
  it("has the incident's cause and onset instead of its own of the same trouble", () => {
    const [said, ...others] = agreeWithIncidents([ofHour({}), ofHour({ code: "backlog" })], [cut]);
    expect(said).toMatchObject({ code: "publishing_stalled", since: at });
    expect(others).toEqual([]);
  });

  it("keeps its causes of other trouble and of other datacenters", () => {
    const lost = ofHour({ code: "stage_loss", stage: "published", score: 0.7 });
    const elsewhere = ofHour({ datacenter: "lon" });
    expect(codes(agreeWithIncidents([elsewhere, lost], [cut]))).toEqual([
      "deployment",
      "publishing_stalled",
      "stage_loss",
    ]);
  });

  it("keeps its own while the incident knows no more than its first alert", () => {
    const unexplained = { ...cut, onset: { at, source: "alert" as const } };
    expect(codes(agreeWithIncidents([ofHour({})], [unexplained]))).toEqual(["deployment"]);
  });
});
