import { formatDuration } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import type { StatusJson } from "#domain/api/board.ts";

/** "1,600 series written 12 s ago to project my-project, 40 event types left out". */
export function metricExportText(state: NonNullable<StatusJson["metricExport"]>): string {
  const { project, lastWriteAgeSeconds, series, eventTypesLeftOut, error } = state;
  const age =
    lastWriteAgeSeconds === null ? "nothing written yet" : `written ${formatDuration(lastWriteAgeSeconds)} ago`;
  if (error !== null) return `project ${project}, ${age}. ${error}`;
  const rest = eventTypesLeftOut === 0 ? "" : `, ${formatCount(eventTypesLeftOut)} event types left out`;
  return lastWriteAgeSeconds === null
    ? `project ${project}, ${age}`
    : `${formatCount(series)} series ${age} to project ${project}${rest}`;
}
