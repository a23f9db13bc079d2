import { formatDuration } from "#components/ui/duration.ts";
import styles from "./trends.module.css";

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** The usual closing delay of each hour of the week, darker where later; relative to the deadline, so that types compare. */
export function WeekCarpetView({
  carpet,
  deadlineSeconds,
}: {
  carpet: readonly (number | null)[];
  deadlineSeconds: number;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={styles.carpetFrame} tabIndex={0} aria-label="Usual closing delay by hour of the week">
      <table className={styles.carpet}>
        <thead>
          <tr>
            <td />
            {hours.map((hour) => (
              <th key={hour} scope="col" data-quiet={hour % 3 > 0 || undefined}>
                <span>{hour}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, row) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {hours.map((hour) => {
                const delay = carpet[row * 24 + hour] ?? null;
                const text = delay === null ? "no hour closed" : formatDuration(delay);
                const share = delay === null ? 0 : Math.min(1, delay / deadlineSeconds);
                return (
                  <td
                    key={hour}
                    title={`${day} ${hour}:00 UTC: ${text}`}
                    data-unknown={delay === null || undefined}
                    data-over={(delay ?? 0) > deadlineSeconds || undefined}
                    style={{ "--depth": `${Math.round(8 + share * 72)}%` } as React.CSSProperties}
                  >
                    <span>{text}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
