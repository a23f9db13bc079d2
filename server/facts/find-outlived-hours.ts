import { formatHour } from "#domain/hour.ts";
import type { Fault, Message } from "#domain/protocol.ts";

/**
 * Faults for hours older than fact retention. Merging into them would judge the hour from this message alone, because the
 * other facts are dropped; kept as rejected instead, nothing is lost and history stays unchanged.
 */
export function findOutlivedHours(message: Message, now: Date, keepFactsSeconds: number | null): Fault[] {
  if (keepFactsSeconds === null) return [];
  const oldest = new Date(now.getTime() - keepFactsSeconds * 1000);
  const outlived = (hour: Date, pointer: string): Fault[] =>
    hour >= oldest
      ? []
      : [
          {
            pointer,
            detail: `must be an hour within the retention (${formatHour(oldest)} or later, TIDEMARK_RETENTION_FACTS); found "${formatHour(hour)}"`,
          },
        ];
  if (message.kind === "counters")
    return message.reports.flatMap((report, index) => outlived(report.hour, `/data/reports/${index}/hour`));
  if (message.kind === "hour-closed")
    return message.marks.flatMap((mark, index) => outlived(mark.hour, `/data/marks/${index}/hour`));
  return [];
}
