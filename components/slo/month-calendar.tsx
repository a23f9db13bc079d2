import { formatCount, formatCountOf, formatShare } from "#components/ui/number-format.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { SloReport } from "#domain/api/slo-report.ts";
import { dayName } from "#domain/slo.ts";
import styles from "./month-calendar.module.css";
import slo from "./slo.module.css";

type Day = SloReport["days"][number];

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The period by day, in weeks: how many hours were late, and the budget left that evening. */
export function MonthCalendar({ report }: { report: SloReport }) {
  const { days } = report;
  const worst = Math.max(...days.map(({ missed }) => missed));
  return (
    <table className={styles.calendar}>
      <caption className={slo.caption}>
        Late hours per day
        {report.budgetOf !== null &&
          `, and the error budget ${report.tiers.length > 1 ? `of the ${report.budgetOf} tier ` : ""}left at its end`}
      </caption>
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col">
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days).map((week) => (
          <tr key={week.find((day) => day !== null)?.day}>
            {week.map((day, index) =>
              day ? (
                <DayCell key={day.day} day={day} worst={worst} />
              ) : (
                <td key={weekdays[index]} className={styles.outside} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({ day, worst }: { day: Day; worst: number }) {
  const isQuiet = day.due === 0;
  const level = day.missed === 0 ? 0 : Math.ceil((day.missed / worst) * 3);
  return (
    <td data-level={isQuiet ? undefined : level} title={titleOf(day)}>
      <span className={styles.date}>
        {Number(day.day.slice(8))}
        <span className={styles.word}>&nbsp;{dayName(day.day).split(" ")[1]}</span>
      </span>
      {isQuiet ? (
        <span className={styles.quiet}>{day.excused > 0 ? "excused" : "no data"}</span>
      ) : (
        <>
          <span className={styles.mark}>
            <StateGlyph state={day.missed === 0 ? "complete" : "late"} />
            {day.missed > 0 && `${formatCount(day.missed)} `}
            <span className={styles.word}>{day.missed === 0 ? "on time" : "late"}</span>
          </span>
          <span className={styles.left}>{leftOf(day)}</span>
        </>
      )}
    </td>
  );
}

function leftOf({ budgetRemaining }: Day): string {
  if (budgetRemaining === null) return "";
  return budgetRemaining < 0 ? "overspent" : `${Math.floor(budgetRemaining * 100)} % left`;
}

function titleOf({ due, missed, attainment, excused, incomplete, unverified }: Day): string {
  if (attainment === null) return excused > 0 ? `${formatCountOf(excused, "hour")} excused` : "No hours counted";
  const more = [
    incomplete > 0 && `${formatCount(incomplete)} not complete`,
    unverified > 0 && `${formatCount(unverified)} unverified`,
    excused > 0 && `${formatCount(excused)} excused`,
  ].filter((part) => part !== false);
  return [
    `${formatCount(missed)} of ${formatCountOf(due, "hour")} late (${formatShare(attainment)} on time)`,
    ...more,
  ].join(", ");
}

/** Monday to Sunday, null outside the period. */
function weeksOf(days: readonly Day[]): (Day | null)[][] {
  const before = (new Date(days[0]?.day ?? 0).getUTCDay() + 6) % 7;
  const cells: (Day | null)[] = [...Array<null>(before).fill(null), ...days];
  while (cells.length % 7 > 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
