import { formatCount, formatCountOf, formatShare } from "#components/ui/number-format.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { HealthRow, SloReport, WeekCell } from "#domain/api/slo-report.ts";
import { dayName, lastDay, objectivesText } from "#domain/slo.ts";
import styles from "./slo.module.css";
import { placeOf, sloHref } from "./slo-href.ts";

const ownersShown = 12;

/** Tiers and owners by the period's weeks, beside their objectives: where hours were late. */
export function HealthGrid({ report }: { report: SloReport }) {
  const { weeks, health } = report;
  const owners = health.filter(({ scope }) => scope === "owner");
  const shown = [...health.filter(({ scope }) => scope === "tier"), ...owners.slice(0, ownersShown)];
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.grid}>
          <caption className={styles.caption}>Hours on time by week, beside the objective of the month</caption>
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
                  <PageLink
                    href={sloHref({ ...placeOf(report), tier: undefined, owner: undefined, [row.scope]: row.name })}
                  >
                    {row.name}
                  </PageLink>{" "}
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
  if (!cell) return <td className={styles.empty}>no data</td>;
  if (cell.due === 0) return <td className={styles.empty}>excused</td>;
  const late = `${formatCount(cell.missed)} of ${formatCountOf(cell.due, "hour")} late`;
  const objective = objectiveOf(row);
  return (
    <td data-below={objective === null ? undefined : cell.isBelow} title={late}>
      <span className={styles.cell}>
        <StateGlyph state={cell.isBelow || (objective === null && cell.missed > 0) ? "late" : "complete"} />{" "}
        {formatShare((cell.due - cell.missed) / cell.due)}
      </span>
      {objective !== null && (
        <span className={styles.beside}>
          {cell.isBelow && row.objectives.length > 0 ? `${cell.below.join(", ")} below ` : "of "}
          {objective}
        </span>
      )}
    </td>
  );
}

/** The objective, or those of the tiers; null without one. */
function objectiveOf({ objective, objectives }: HealthRow): string | null {
  if (objective !== null) return formatShare(objective);
  return objectives.length === 0 ? null : objectivesText(objectives);
}
