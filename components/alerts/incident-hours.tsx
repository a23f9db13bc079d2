import strip from "#components/ui/tide-strip.module.css";
import { TideCellLink } from "#components/ui/tide-strip.tsx";
import { makeTideCells } from "#components/ui/tide-strip-model.ts";
import type { IncidentHourJson } from "#domain/api/alerts.ts";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import styles from "./alerts.module.css";

/** More columns would be thinner than a finger: the newest are shown. */
const mostColumns = 72;

/** The affected hours as a small matrix: one type per line, one hour per column. */
export function IncidentHours({ hours, currentHour }: { hours: readonly IncidentHourJson[]; currentHour: string }) {
  const names = [...new Set(hours.map(({ hour }) => hour))].sort();
  const last = parseHour(names.at(-1) ?? "");
  const first = parseHour(names[0] ?? "");
  if (!first || !last) return <p>No hours affected.</p>;
  const span = (last.getTime() - first.getTime()) / 3_600_000 + 1;
  const columns = Math.min(mostColumns, span);
  const from = addHours(last, 1 - columns);
  const types = Map.groupBy(hours, ({ eventType }) => eventType);
  return (
    <>
      <p className={styles.span}>
        {formatHour(from)} to {formatHour(last)}
        {columns < span && `, of ${span} hours since ${formatHour(first)}`}
      </p>
      <table className={styles.matrix} aria-label="Affected hours by type">
        <tbody>
          {[...types].map(([eventType, own]) => (
            <tr key={eventType}>
              <th scope="row">{eventType}</th>
              <td>
                <span className={strip.strip}>
                  {cellsOf(own, from, columns, currentHour).map((cell) => (
                    <TideCellLink key={cell.hour} eventType={eventType} cell={cell} />
                  ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function cellsOf(own: readonly IncidentHourJson[], from: Date, columns: number, currentHour: string) {
  const byHour = new Map(own.map((hour) => [hour.hour, hour]));
  const entries = Array.from({ length: columns }, (_, at) => {
    const hour = byHour.get(formatHour(addHours(from, at)));
    return hour && hour.state !== null
      ? { ...hour, state: hour.state, amended: false, accepted: hour.accepted !== null }
      : null;
  });
  return makeTideCells(entries, formatHour(from), null, currentHour);
}
