import { formatShare } from "#components/ui/number-format.ts";
import type { SloReport } from "#domain/api/slo-report.ts";
import { monthName } from "#domain/slo.ts";
import styles from "./attainment-chart.module.css";

const width = 780;
const height = 150;
const left = 72;
const top = 14;
const bottom = 122;

/** On-time shares of the months as dots, of a tier or of all; the objective as a line. A missed one is a triangle. */
export function AttainmentChart({ months, tier }: { months: SloReport["months"]; tier: string | null }) {
  const held = months.map(({ period, total, tiers }) => ({
    period,
    timeliness: (tier === null ? total : tiers.find(({ name }) => name === tier))?.timeliness ?? null,
  }));
  const shares = held.flatMap(({ timeliness }) => [
    timeliness?.hours.attainment ?? null,
    timeliness?.objective ?? null,
  ]);
  const floor = floorOf(shares.filter((share) => share !== null));
  const step = (width - left - 20) / months.length;
  const x = (index: number) => left + step * (index + 0.5);
  const y = (share: number) => bottom - ((share - floor) / (1 - floor)) * (bottom - top);
  return (
    <div className={styles.box}>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${tier === null ? "Hours" : `${tier}-tier hours`} on time of 13 months against the objective`}
      >
        {[1, (1 + floor) / 2, floor].map((share) => (
          <g key={share}>
            <line className={styles.rule} x1={left} x2={width - 8} y1={y(share)} y2={y(share)} />
            <text className={styles.axis} x={left - 8} y={y(share) + 4} textAnchor="end">
              {formatShare(share)}
            </text>
          </g>
        ))}
        {held.map(({ period, timeliness }, index) => (
          <g key={period.name}>
            {timeliness != null && timeliness.objective !== null && (
              <line
                className={styles.promise}
                x1={x(index) - step / 2}
                x2={x(index) + step / 2}
                y1={y(timeliness.objective)}
                y2={y(timeliness.objective)}
              />
            )}
            {timeliness != null && timeliness.hours.attainment !== null && (
              <Mark x={x(index)} y={y(timeliness.hours.attainment)} missed={timeliness.status === "missed"} />
            )}
            <text className={styles.axis} x={x(index)} y={height - 10} textAnchor="middle">
              {monthName(period.name).slice(0, 3)}
              {(index === 0 || period.name.endsWith("-01")) && ` ${period.name.slice(2, 4)}`}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

function Mark({ x, y, missed }: { x: number; y: number; missed: boolean }) {
  return missed ? (
    <path className={styles.markMissed} d={`M${x} ${y - 6}l6.5 11.5h-13z`} />
  ) : (
    <circle className={styles.markKept} cx={x} cy={y} r={5} />
  );
}

/** A round share below all values shown: 99 %, 95 %, 90 %, then in tenths. */
function floorOf(shares: readonly number[]): number {
  const least = Math.min(1, ...shares);
  return [0.999, 0.99, 0.95, 0.9].find((floor) => least > floor) ?? Math.max(0, Math.floor(least * 10 - 1e-9) / 10);
}
