import { type AlertMetric, metrics } from "./metrics.ts";

/** Where an alert's runbook is: the rule's own URL, or the path of its metric's page in docs/runbooks. */
export function runbookOf({ metric, runbook }: { metric: AlertMetric; runbook?: string | null | undefined }): string {
  return runbook ?? `/docs/runbooks/${metrics[metric].runbook ?? metric.replaceAll("_", "-")}`;
}
