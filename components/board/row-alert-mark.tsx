import { PageLink } from "#components/ui/page-link.tsx";
import type { BoardAlertJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { alertMark, alertWords, incidentAddress } from "./row-alerts.ts";

/** The incident that a row is part of; of several, the most urgent. */
export function RowAlertMark({ alerts }: { alerts: readonly BoardAlertJson[] }) {
  const [first, ...others] = alerts;
  if (!first) return null;
  const more = others.length > 0 ? ` +${others.length}` : "";
  return (
    <PageLink
      className={styles.alert}
      href={incidentAddress(first)}
      data-severity={first.severity}
      data-acknowledged={first.acknowledged || undefined}
      data-muted={first.muted ?? undefined}
      aria-label={`${alertMark(first)}${more}: incident ${first.incidentId}, ${alertWords(first)}`}
      title={alerts.map((alert) => `Incident ${alert.incidentId}: ${alertWords(alert)}`).join("\n")}
    >
      {alertMark(first)}
      {more}
    </PageLink>
  );
}
