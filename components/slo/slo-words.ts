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
  kept: "what went wrong is within the error budget",
  at_risk: "more went wrong than the objective allows so far; the budget of the whole period still holds",
  missed: "more went wrong than the whole period allows",
  unknown: "unverified hours could have spent the budget",
  no_objective: "nothing is promised: set an objective in the catalogue",
  no_data: "no hour is due yet",
};
