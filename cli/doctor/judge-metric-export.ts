import type { StatusJson } from "#domain/api/board.ts";
import { formatElapsed } from "#domain/duration.ts";
import { formatCount } from "#domain/figures.ts";
import { bad, type Finding, note, ok } from "./check.ts";

/** Metrics are written each minute: what is older was not written by anyone. */
const mostWriteAgeSeconds = 300;

/** What `/status` says of the export of metrics, as findings; none where there is no export. */
export function judgeMetricExport({ metricExport }: Pick<StatusJson, "metricExport">): Finding[] {
  if (metricExport === null) return [];
  const { project, error, lastWriteAgeSeconds, series, eventTypesLeftOut } = metricExport;
  const what = `Metrics: to Cloud Monitoring, project ${project}`;
  if (error !== null) return [bad(`${what}: ${error}`)];
  if (lastWriteAgeSeconds === null) return [note(`${what}: nothing written yet.`)];
  const written = `${what}: last written ${formatElapsed(lastWriteAgeSeconds)} ago`;
  if (lastWriteAgeSeconds > mostWriteAgeSeconds) {
    return [bad(`${written}. It is written each minute by the worker "collect". See its log.`)];
  }
  const rest = eventTypesLeftOut === 0 ? "" : `, ${formatCount(eventTypesLeftOut)} event types left out`;
  return [ok(`${written}, ${formatCount(series)} series${rest}.`)];
}
