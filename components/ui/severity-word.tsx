import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import styles from "./severity-word.module.css";

/** By weight and word: colour is reserved for states. */
export function SeverityWord({ severity }: { severity: IncidentSummaryJson["severity"] }) {
  return (
    <span className={styles.severity} data-severity={severity}>
      {severity}
    </span>
  );
}
