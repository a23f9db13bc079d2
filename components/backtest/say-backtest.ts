import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { BacktestJson } from "#domain/api/backtest.ts";

/** What people receive from a rule of this severity. */
export function noun(severity: BacktestJson["severity"]): "page" | "ticket" | "notice" {
  return severity === "info" ? "notice" : severity;
}

/** "It would have fired 12 times: 9 pages, 2 of them false. It caught 31 of 33 breaches, 30 before the deadline." */
export function sayBacktest({ alerts, pages, falsePages, undecidedPages, breaches, severity }: BacktestJson): string {
  if (alerts === 0) {
    if (!breaches) return "It would not have fired once.";
    if (breaches.total === 0) return "It would not have fired once, and nothing broke its promise.";
    return `It would not have fired once: ${formatCountOf(breaches.total, "breach").replace("breachs", "breaches")} missed.`;
  }
  const fired = `It would have fired ${alerts === 1 ? "once" : formatCountOf(alerts, "time")}: ${formatCountOf(pages, noun(severity))}`;
  if (!breaches) return `${fired}. Nothing is promised of this figure, so none of them can be called false.`;
  const undecided = undecidedPages === 0 ? "" : `, ${formatCount(undecidedPages)} undecided`;
  const isFalse = `${sayFalse(falsePages, pages)}${undecided}`;
  const caught = `It caught ${breaches.caught} of ${breaches.total} breaches, ${breaches.caughtBeforeDeadline} before the deadline.`;
  return `${fired}, ${isFalse}. ${breaches.total === 0 ? "Nothing broke its promise." : caught}`;
}

function sayFalse(falsePages: number, pages: number): string {
  if (falsePages === 0) return pages === 1 ? "no false one" : "none of them false";
  if (pages === 1) return "a false one";
  return `${falsePages === pages ? "all" : falsePages} of them false`;
}
