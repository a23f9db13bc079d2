import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { SloMeasureJson } from "#domain/api/slo.ts";
import { statusWords } from "#domain/slo.ts";
import type { VerdictState } from "#domain/verdict.ts";
import styles from "./slo.module.css";

type Status = SloMeasureJson["status"];

/** A status has the shape of the most similar verdict, so that colour is never the only sign. */
const statusShapes: Record<Status, VerdictState> = {
  kept: "complete",
  at_risk: "closing",
  missed: "late",
  unknown: "unverified",
  no_objective: "open",
  no_data: "open",
};

const statusMeanings: Record<Status, string> = {
  kept: "within the error budget",
  at_risk: "worse than the objective so far; the period’s error budget is not spent yet",
  missed: "the period’s error budget is spent",
  unknown: "unverified hours may have spent the error budget",
  no_objective: "no objective; set one in the catalogue",
  no_data: "no hours due yet",
};

/** An objective's status as shape and word; the word's meaning on hover. */
export function StatusMark({ status }: { status: SloMeasureJson["status"] }) {
  return (
    <span className={styles.status} data-status={status} title={statusMeanings[status]}>
      <StateGlyph state={statusShapes[status]} />
      {statusWords[status]}
    </span>
  );
}
