import { formatCountOf } from "#components/ui/number-format.ts";
import type { AlertJson } from "#domain/api/alerts.ts";

interface Fold {
  rule: string;
  severity: AlertJson["severity"];
  /** That fire, or did until recently. */
  firing: number;
  alerts: AlertJson[];
}

const ranks = ["page", "ticket", "info"];

/** Alerts by rule: rules that page first, then those with most alerts firing. */
export function foldAlerts(alerts: readonly AlertJson[]): Fold[] {
  return [...Map.groupBy(alerts, ({ rule }) => rule)]
    .map(([rule, own]) => ({
      rule,
      severity: own[0]?.severity ?? "info",
      firing: own.filter(({ state }) => state === "firing" || state === "recovering").length,
      alerts: own,
    }))
    .sort(
      (a, b) =>
        Number(b.firing > 0) - Number(a.firing > 0) ||
        ranks.indexOf(a.severity) - ranks.indexOf(b.severity) ||
        b.firing - a.firing ||
        a.rule.localeCompare(b.rule),
    );
}

/** "watermark stalled · 10 types": the rule, and what its alerts are about. */
export function foldText({ rule, alerts }: Pick<Fold, "rule" | "alerts">): string {
  const types = new Set(alerts.flatMap(({ eventType }) => eventType ?? []));
  const places = new Set(alerts.flatMap(({ datacenter }) => datacenter ?? []));
  const name = rule.replaceAll("-", " ");
  if (types.size > 1) return `${name} · ${formatCountOf(types.size, "type")}`;
  if (types.size === 0 && places.size > 1) return `${name} · ${formatCountOf(places.size, "datacenter")}`;
  return [name, [...types][0] ?? [...places][0]].filter(Boolean).join(" · ");
}
