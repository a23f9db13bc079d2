import { formatCount, formatShare } from "#components/ui/number-format.ts";
import type { SloMeasureJson } from "#domain/api/slo.ts";
import { formatPoints, objectivesText } from "#domain/slo.ts";
import styles from "./slo.module.css";
import { StatusMark } from "./status-mark.tsx";

/** A table's percentage: with its objective beside it, its status, and the change against the month before. */
export function Attained({ measure }: { measure: SloMeasureJson }) {
  const { basis, objective, status, change, parts } = measure;
  const { attainment } = measure[basis];
  const against = unbroken(objective === null ? objectivesText(parts) : formatShare(objective));
  return (
    <span className={styles.attained}>
      <span>
        {attainment !== null && `${unbroken(formatShare(attainment))} `}
        {against !== "" && <span className={styles.faint}>of {against}</span>}
      </span>
      <span>
        <StatusMark status={status} />
        {change !== null && <span className={styles.faint}> {formatPoints(change)}</span>}
      </span>
    </span>
  );
}

/** "3 of 720": how many hours missed it. */
export function lateText({ hours }: Pick<SloMeasureJson, "hours">): string {
  return hours.counted === 0 ? "–" : `${formatCount(hours.bad)} of ${formatCount(hours.counted)}`;
}

/** A percent sign stays with its figure. */
function unbroken(text: string): string {
  return text.replaceAll(" %", "\u00a0%");
}
