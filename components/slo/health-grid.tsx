import Link from "next/link";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { HealthRow, SloReport, WeekCell } from "#domain/api/slo-report.ts";
import { dayName, lastDay } from "#domain/slo.ts";
import styles from "./slo.module.css";
import { placeOf, sloHref } from "./slo-href.ts";

const ownersShown = 12;

/** Tiers and owners by the period's weeks, worst first: where a promise was kept and where not. */
export function HealthGrid({ report }: { report: SloReport }) {
  const { weeks, health } = report;
  const owners = health.filter(({ scope }) => scope === "owner");
  const shown = [...health.filter(({ scope }) => scope === "tier"), ...owners.slice(0, ownersShown)];
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.grid}>
          <caption className={styles.caption}>Hours on time, by week</caption>
          <thead>
            <tr>
              <th scope="col">Tier or owner</th>
              {weeks.map(({ from, to }) => (
                <th key={from} scope="col">
                  {daysName(from, lastDay(to))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.scope} ${row.name}`}>
                <th scope="row">
                  <Link
                    href={sloHref({ ...placeOf(report), tier: undefined, owner: undefined, [row.scope]: row.name })}
                    prefetch={false}
                  >
                    {row.name}
                  </Link>{" "}
                  <span className={styles.faint}>{row.scope}</span>
                </th>
                {row.weeks.map((cell, index) => (
                  <Cell key={weeks[index]?.from} cell={cell} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {owners.length > ownersShown && (
        <p className={styles.detail}>
          The {ownersShown} worst of {formatCount(owners.length)} owners. The export lists every event type with its
          owner.
        </p>
      )}
    </>
  );
}

function daysName(first: string, last: string): string {
  return first === last ? dayName(first) : `${dayName(first)}–${dayName(last)}`;
}

function Cell({ cell, row }: { cell: WeekCell | null; row: HealthRow }) {
  if (!cell) return <td className={styles.empty}>nothing due</td>;
  const share = (cell.due - cell.missed) / cell.due;
  const isKept = row.objective === null ? cell.missed === 0 : share >= row.objective;
  return (
    <td data-kept={isKept} title={`${formatCount(cell.missed)} of ${formatCount(cell.due)} hours late`}>
      <span className={styles.cell}>
        <StateGlyph state={isKept ? "complete" : "late"} /> {formatShare(share)}
      </span>
    </td>
  );
}
