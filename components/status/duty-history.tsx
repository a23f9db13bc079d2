import { DataTable } from "#components/ui/data-table.tsx";
import { formatDuration } from "#components/ui/duration.ts";
import { HourName } from "#components/ui/hour-name.tsx";
import page from "#components/ui/page.module.css";
import { capitalize } from "#components/ui/words.ts";
import type { StatusHistoryJson } from "#domain/api/status-history.ts";
import { formatPercent } from "#domain/percent.ts";

/** How much of the time each duty of Tidemark was within its limit. */
export function DutyHistory({ history: { duties, recordedSince } }: { history: StatusHistoryJson }) {
  if (recordedSince === null) {
    return <p className={page.quiet}>Nothing recorded yet. The first figures appear within a minute.</p>;
  }
  const observed = duties.filter(({ minutes }) => minutes > 0);
  return (
    <>
      <p className={page.quiet}>
        Recorded since <HourName hour={recordedSince} />. A minute counts as behind if a duty was seen behind in it;
        minutes in which Tidemark could not look are left out.
      </p>
      {observed.length > 0 && (
        <DataTable
          label="Duties in the last 30 days"
          rows={observed}
          rowKey={({ duty }) => duty}
          columns={[
            { head: "Duty", cell: ({ duty }) => dutyName(duty) },
            {
              head: "Within its limit",
              figure: true,
              cell: ({ withinLimit }) => (withinLimit === null ? "unknown" : formatPercent(withinLimit)),
              tone: ({ minutesBehind }) => (minutesBehind > 0 ? "trouble" : undefined),
            },
            { head: "Behind", figure: true, cell: ({ minutesBehind }) => formatDuration(minutesBehind * 60) },
            { head: "Observed", figure: true, cell: ({ minutes }) => formatDuration(minutes * 60) },
            {
              head: "Worst hour",
              cell: ({ worstHour }) =>
                worstHour === null ? (
                  "none"
                ) : (
                  <>
                    <HourName hour={worstHour.hour} /> {worstText(worstHour)}
                  </>
                ),
              tone: ({ worstHour }) => (worstHour === null ? "quiet" : undefined),
              narrow: "hidden-if-quiet",
            },
          ]}
        />
      )}
    </>
  );
}

type DutyJson = StatusHistoryJson["duties"][number];

/** `current-hours` as “Current hours”. */
export function dutyName(duty: DutyJson["duty"]): string {
  return duty === "roll-up" ? "Roll-up" : capitalize(duty.replaceAll("-", " "));
}

/** Behind an hour's name: “12 min behind, by up to 3 min”. */
export function worstText({
  minutesBehind,
  worstAgeSeconds,
}: Omit<NonNullable<DutyJson["worstHour"]>, "hour">): string {
  return `${formatDuration(minutesBehind * 60)} behind, by up to ${formatDuration(worstAgeSeconds)}`;
}
