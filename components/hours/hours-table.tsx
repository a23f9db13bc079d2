import Link from "next/link";
import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { HourName } from "#components/ui/hour-name.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { StateWord } from "#components/ui/state-word.tsx";
import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import { DelayBar } from "./bars.tsx";
import styles from "./hours-table.module.css";
import { promiseSeconds } from "./verdict-sentence.ts";

const figures = [
  ["produced", "Produced"],
  ["delivered", "Delivered"],
  ["lost", "Lost"],
  ["duplicated", "Duplicated"],
  ["skewed", "Skewed"],
] as const;

/** The hours of one type, newest first. */
export function HoursTable({ verdicts }: { verdicts: readonly VerdictSummaryJson[] }) {
  return (
    <table className={styles.table} aria-label="Hours, newest first">
      <thead>
        <tr>
          <th scope="col">Hour</th>
          <th scope="col">State</th>
          <th scope="col">Closed after</th>
          {figures.map(([figure, name]) => (
            <th key={figure} scope="col" className={classOf(figure)}>
              {name}
            </th>
          ))}
          <th scope="col" className={styles.figure}>
            Completeness
          </th>
        </tr>
      </thead>
      <tbody>
        {verdicts.toReversed().map((verdict) => (
          <tr key={verdict.hour}>
            <th scope="row">
              <Link
                href={`/event-types/${encodeURIComponent(verdict.eventType)}/hours/${verdict.hour}`}
                prefetch={false}
              >
                <HourName hour={verdict.hour} />
              </Link>
            </th>
            <td className={styles.state}>
              <StateWord state={verdict.state} amended={verdict.amended} />
            </td>
            <td className={styles.delayCell}>
              <Delay verdict={verdict} />
            </td>
            {figures.map(([figure, name]) => (
              <td
                key={figure}
                className={classOf(figure)}
                data-label={name}
                data-zero={isQuiet(verdict, figure) || undefined}
              >
                {formatCount(verdict[figure])}
              </td>
            ))}
            <td className={styles.figure} data-label="Completeness" data-zero={verdict.closedAt === null || undefined}>
              {verdict.completeness === null ? (
                <span className={page.quiet}>unknown</span>
              ) : (
                formatShare(verdict.completeness)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function classOf(figure: (typeof figures)[number][0]): string {
  return figure === "skewed" ? `${styles.figure} ${styles.skewed}` : (styles.figure ?? "");
}

// Before the hour is closed, missing events are late, not lost.
function isQuiet(verdict: VerdictSummaryJson, figure: (typeof figures)[number][0]): boolean {
  return verdict[figure] === 0 || (figure === "lost" && verdict.closedAt === null);
}

function Delay({ verdict }: { verdict: VerdictSummaryJson }) {
  if (verdict.state === "open") return <span className={page.quiet}>not ended</span>;
  const delaySeconds = verdict.closingDelaySeconds ?? secondsBetween(verdict.endsAt, verdict.asOf);
  return (
    <span className={styles.delay}>
      <DelayBar delaySeconds={delaySeconds} deadlineSeconds={promiseSeconds(verdict)} />
      <span className={verdict.deadlineMet === false ? styles.over : undefined}>
        {formatDuration(delaySeconds)}
        {verdict.closedAt === null && <span className={page.quiet}> so far</span>}
      </span>
    </span>
  );
}
