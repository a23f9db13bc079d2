import type { SloMeasureJson } from "#domain/api/slo.ts";
import type { VerdictState } from "#domain/verdict.ts";

type Status = SloMeasureJson["status"];

/** A status has the shape of the most similar verdict, so that colour is never the only sign. */
export const statusShapes: Record<Status, VerdictState> = {
  kept: "complete",
  at_risk: "closing",
  missed: "late",
  unknown: "unverified",
  no_objective: "open",
  no_data: "open",
};

export const statusMeanings: Record<Status, string> = {
  kept: "within the error budget",
  at_risk: "worse than the objective so far; the period’s error budget is not spent yet",
  missed: "the period’s error budget is spent",
  unknown: "unverified hours may have spent the error budget",
  no_objective: "no objective; set one in the catalogue",
  no_data: "no hours due yet",
};
