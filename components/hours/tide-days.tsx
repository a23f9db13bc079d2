import { TideCellLink } from "#components/ui/tide-strip.tsx";
import { hourNameOf, makeTideCells, type StripHour } from "#components/ui/tide-strip-model.ts";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import styles from "./range.module.css";

interface TideDaysProps {
  eventType: string;
  verdicts: readonly StripHour[];
  range: { from: string; hours: number };
  completeThrough: string | null;
  asOf: string;
}

/** A range of hours, one strip per UTC day, with equal hours aligned. */
export function TideDays({ eventType, verdicts, range, completeThrough, asOf }: TideDaysProps) {
  const start = parseHour(range.from);
  if (!start) return null;
  const byHour = new Map(verdicts.map((verdict) => [verdict.hour, verdict]));
  const hours = Array.from(
    { length: range.hours },
    (_, index) => byHour.get(formatHour(addHours(start, index))) ?? null,
  );
  const cells = makeTideCells(hours, range.from, completeThrough, hourNameOf(asOf));
  const days = Map.groupBy(cells, (cell) => cell.hour.slice(0, 10));
  return (
    <ol className={styles.days} aria-label="Hours by day, UTC">
      <li aria-hidden="true">
        <span />
        <span className={styles.dayCells}>
          {[0, 6, 12, 18].map((hour) => (
            <span key={hour} style={{ gridColumn: hour + 1 }}>
              {String(hour).padStart(2, "0")}
            </span>
          ))}
        </span>
      </li>
      {[...days].map(([day, dayCells]) => (
        <li key={day}>
          <span className={styles.dayName}>{day}</span>
          <span className={styles.dayCells}>
            {dayCells.map((cell) => (
              <span key={cell.hour} style={{ gridColumn: Number(cell.hour.slice(11)) + 1 }}>
                <TideCellLink eventType={eventType} cell={cell} />
              </span>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}
