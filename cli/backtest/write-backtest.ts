import type { BacktestJson } from "#domain/api/backtest.ts";
import { formatElapsed } from "#domain/duration.ts";
import { formatCount } from "#domain/figures.ts";

/** A few lines for a terminal: the figures, then the curve as a table with the rule's own threshold marked. */
export function writeBacktest(found: BacktestJson): string[] {
  const { rule, metric, threshold, from, to, notReplayable, breaches, lead } = found;
  const title = `${rule ?? "draft"}: ${metric}${threshold === null ? "" : ` ${threshold}`}, ${from} to ${to}`;
  if (notReplayable !== null) return [title, notReplayable];
  const noun = found.severity === "info" ? "notice" : found.severity;
  const lines: [string, string][] = [
    [
      "replayed",
      `${formatCount(found.replayedEventTypes)} of ${formatCount(found.eventTypes)} event types, ${formatCount(found.hours)} hours${found.dataFrom === null || found.dataFrom === from ? "" : ` since ${found.dataFrom}`}`,
    ],
    ["alerts", `${formatCount(found.alerts)}${undecided(found.undecidedAlerts)}`],
    [
      `${noun}s`,
      `${formatCount(found.pages)}, ${found.pagesPerWeek} a week${breaches ? `, ${formatCount(found.falsePages)} false${undecided(found.undecidedPages)}` : ""}`,
    ],
    ["breaches", sayBreaches(breaches)],
    [
      "lead",
      lead
        ? `${formatElapsed(lead.p50Seconds)} (10 %: ${formatElapsed(lead.p10Seconds)}, 90 %: ${formatElapsed(lead.p90Seconds)})`
        : "none caught",
    ],
  ];
  return [
    title,
    ...lines.map(([name, value]) => `  ${name.padEnd(9)} ${value}`),
    "",
    ...curveLines(found, `${noun}s/week`),
  ];
}

function undecided(count: number): string {
  return count === 0 ? "" : `, ${formatCount(count)} undecided`;
}

function sayBreaches(breaches: BacktestJson["breaches"]): string {
  if (!breaches) return "this metric has no objective: nothing can be caught, missed or false";
  const { total, caught, caughtBeforeDeadline, missed } = breaches;
  return `${formatCount(caught)} of ${formatCount(total)} caught, ${formatCount(caughtBeforeDeadline)} before the deadline; ${formatCount(missed)} missed`;
}

function curveLines({ curve }: BacktestJson, noun: string): string[] {
  const rows = [
    ["", "threshold", noun, "false", "caught", "missed", "median lead"],
    ...curve.map((point) => [
      point.isCurrent ? ">" : "",
      point.threshold,
      String(point.pagesPerWeek),
      point.caught === null ? "" : formatCount(point.falsePages),
      point.caught === null ? "" : formatCount(point.caught),
      point.missed === null ? "" : formatCount(point.missed),
      point.medianLeadSeconds === null ? "" : formatElapsed(point.medianLeadSeconds),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padStart(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
