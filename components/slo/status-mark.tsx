import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { SloMeasureJson } from "#domain/api/slo.ts";
import { statusWords } from "#domain/slo.ts";
import styles from "./slo.module.css";
import { statusMeanings, statusShapes } from "./slo-words.ts";

/** An objective's status as shape and word; the word's meaning on hover. */
export function StatusMark({ status }: { status: SloMeasureJson["status"] }) {
  return (
    <span className={styles.status} data-status={status} title={statusMeanings[status]}>
      <StateGlyph state={statusShapes[status]} />
      {statusWords[status]}
    </span>
  );
}
