/** A CTE: the first and the last affected hour of the incidents `$1`. */
export const hoursSpan = `span AS MATERIALIZED (
       SELECT min(hour) AS first, max(hour) AS last FROM incident_hour WHERE incident_id = ANY ($1)
     )`;

/** Joins `verdict v` to rows of incident_hour, by their alias. The span leaves other months' partitions out. */
export function isVerdictOf(hour: string): string {
  return `v.event_type_id = ${hour}.event_type_id AND v.hour = ${hour}.hour
                            AND v.hour BETWEEN (SELECT first FROM span) AND (SELECT last FROM span)`;
}
