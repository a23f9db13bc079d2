import type { CorrectionJson } from "#domain/api/corrections.ts";

type Scope = Pick<
  CorrectionJson,
  "action" | "eventType" | "datacenter" | "stage" | "reporter" | "from" | "to" | "after"
>;

/** What a correction does, in one line. */
export function correctionWords(correction: Scope): string {
  const { action, eventType, datacenter, stage, reporter } = correction;
  if (action === "accept-hour") return `${eventType}: ${hoursOf(correction)} accepted`;
  if (action === "reset-watermark")
    return `${datacenter}: marks of ${eventType ?? "every event type"} after ${correction.after} set aside`;
  const what = stage === null ? "counts" : `${stage} counts`;
  const whose = reporter === null ? "" : ` by ${reporter}`;
  return `${datacenter}: ${what} of ${eventType}${whose}, ${hoursOf(correction)}, set aside`;
}

function hoursOf({ from, to }: Scope): string {
  if (from === null && to === null) return "all hours";
  if (from === null) return `hours before ${to}`;
  if (to === null) return `hours from ${from}`;
  return isOneHour(from, to) ? `hour ${from}` : `hours ${from} to ${to}`;
}

function isOneHour(from: string, to: string): boolean {
  return Date.parse(`${to}:00Z`) - Date.parse(`${from}:00Z`) === 3_600_000;
}

/** The correction form for this, filled in as far as known. */
export function newCorrectionHref(fields: Record<string, string>): string {
  return `/corrections/new?${new URLSearchParams(fields)}`;
}
