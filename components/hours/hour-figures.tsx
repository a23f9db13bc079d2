import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import type { VerdictSummaryJson } from "#domain/api/verdict.ts";

/** The sums over the datacenters. */
export function HourFigures({ verdict }: { verdict: VerdictSummaryJson }) {
  const figures = [
    ["Produced", formatCount(verdict.produced)],
    ["Delivered", formatCount(verdict.delivered)],
    [verdict.closedAt === null ? "Not delivered yet" : "Lost", formatCount(verdict.lost)],
    ["Duplicated", formatCount(verdict.duplicated)],
    ["Skewed into other hours", formatCount(verdict.skewed)],
    ["Completeness", verdict.completeness === null ? "unknown" : formatShare(verdict.completeness)],
  ] as const;
  return (
    <dl className={page.facts}>
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
