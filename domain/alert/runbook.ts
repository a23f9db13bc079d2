import type { AlertMetric } from "../alert-rule.ts";

/** Two metrics that ask for the same acts share a page. */
const shared: Partial<Record<AlertMetric, string>> = { breach_probability: "deadline", closing_delay: "deadline" };

/** Where an alert's runbook is: the rule's own URL, or the path of its metric's page in docs/runbooks. */
export function runbookOf({ metric, runbook }: { metric: AlertMetric; runbook?: string | null | undefined }): string {
  return runbook ?? `/docs/runbooks/${shared[metric] ?? metric.replaceAll("_", "-")}`;
}
