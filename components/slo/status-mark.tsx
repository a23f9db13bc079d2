import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { SloMeasureJson } from "#domain/api/slo.ts";
import { statusWords } from "#domain/slo.ts";
import type { VerdictState } from "#domain/verdict.ts";
import styles from "./slo.module.css";

type Status = SloMeasureJson["status"];

/** A status has the shape of the most similar verdict, so that colour is never the only sign. */
const statusShapes: Record<Status, VerdictState> = {
  met: "complete",
  in_progress: "closing",
  at_risk: "verifying",
  missed: "late",
  unknown: "unverified",
  excused: "open",
  no_objective: "open",
  no_data: "open",
};

const statusMeanings: Record<Status, string> = {
  met: "the period is over, within the error budget",
  in_progress: "the period is running, within the objective so far",
  at_risk: "the period is running, worse than the objective so far; its error budget is not spent yet",
  missed: "the period’s error budget is spent",
  unknown: "hours without a known outcome may have spent the error budget",
  excused: "every hour was excused",
  no_objective: "no objective; set one in the catalogue",
  no_data: "no hours counted",
};

/** An objective's status as shape and word; the word's meaning on hover. */
export function StatusMark({ status }: { status: Status }) {
  return (
    <span className={styles.status} data-status={status} title={statusMeanings[status]}>
      <StateGlyph state={statusShapes[status]} />
      {statusWords[status]}
    </span>
  );
}
