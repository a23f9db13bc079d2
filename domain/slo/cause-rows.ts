import type { CauseRow } from "../api/slo-report.ts";
import { formatCount, formatCountOf } from "../figures.ts";
import type { SloCause } from "./causes.ts";

const rowsShown = 10;

interface Totals {
  readonly lateHours: number;
  readonly lostEvents: number;
}

/**
 * Late hours and lost events by datacenter and by the deployment just before, each counted once: the rows add up to the totals. The
 * last rows are what is left: smaller causes together, and losses within tolerance, which are no cause of an incomplete hour.
 */
export function causeRows(causes: readonly SloCause[], totals: Totals): CauseRow[] {
  const groups = new Map<string, CauseRow & { byStage: Map<string, number> }>();
  for (const { measure, datacenter, deployment, stage, hours, events } of causes) {
    const key = JSON.stringify([datacenter, deployment]);
    const row = groups.get(key) ?? {
      kind: "cause",
      datacenter: datacenter || null,
      deployment: deployment || null,
      stage: null,
      lateHours: 0,
      lostEvents: 0,
      byStage: new Map(),
    };
    groups.set(key, row);
    if (measure === "timeliness") row.lateHours += hours;
    else {
      row.lostEvents += events;
      row.byStage.set(stage, (row.byStage.get(stage) ?? 0) + events);
    }
  }
  const rows = [...groups.values()]
    .map(({ byStage, ...row }) => ({ ...row, stage: [...byStage].sort(([, a], [, b]) => b - a)[0]?.[0] || null }))
    .sort((a, b) => b.lateHours - a.lateHours || b.lostEvents - a.lostEvents || compare(nameOf(a), nameOf(b)));
  const shown = rows.length > rowsShown + 1 ? rows.slice(0, rowsShown) : rows;
  const others = rest("others", sum(rows.slice(shown.length)));
  const all = sum(rows);
  const left = rest("unattributed", {
    lateHours: Math.max(0, totals.lateHours - all.lateHours),
    lostEvents: Math.max(0, totals.lostEvents - all.lostEvents),
  });
  return [...shown, ...others, ...left];
}

function rest(kind: "others" | "unattributed", totals: Totals): CauseRow[] {
  if (totals.lateHours === 0 && totals.lostEvents === 0) return [];
  return [{ kind, datacenter: null, deployment: null, stage: null, ...totals }];
}

function sum(rows: readonly Totals[]): Totals {
  return {
    lateHours: rows.reduce((total, { lateHours }) => total + lateHours, 0),
    lostEvents: rows.reduce((total, { lostEvents }) => total + lostEvents, 0),
  };
}

/** "sjc, within 6 h of exporter 4.2.0". */
export function causeName({ kind, datacenter, deployment, lateHours }: CauseRow): string {
  if (kind === "others") return "Other causes";
  if (kind === "unattributed") return lateHours > 0 ? "Not attributed" : "Within tolerance, in complete hours";
  return `${datacenter ?? "No datacenter expected"}${deployment ? `, within 6 h of ${deployment}` : ""}`;
}

/** "sjc, within 6 h of exporter 4.2.0: 54 late hours and 1,204 events lost." */
export function causeRowText(row: CauseRow): string {
  const parts = [
    row.lateHours > 0 ? formatCountOf(row.lateHours, "late hour") : null,
    row.lostEvents > 0 ? `${formatCount(row.lostEvents)} ${row.lostEvents === 1 ? "event" : "events"} lost` : null,
  ];
  return `${causeName(row)}: ${parts.filter(Boolean).join(" and ")}.`;
}

function nameOf({ datacenter, deployment }: CauseRow): string {
  return `${datacenter ?? ""} ${deployment ?? ""}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
