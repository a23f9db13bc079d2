// Public API of facts: accepting, merging, storing and totalling reported data.
export { type AcceptEventsInput, acceptEvents, acceptEventsInPart } from "./accept-events.ts";
export { TooManyNewNames } from "./admit-names.ts";
export { BatchWriter, type Entry } from "./batch-writer.ts";
export { readDeploymentCursor, writeDeploymentCursor } from "./deployment-cursor.ts";
export { forgetIngestWorkers, forgetInstances } from "./forget-instances.ts";
export { insertNames } from "./intern-names.ts";
export { listDeploymentEffects, readDeploymentEffect } from "./list-deployment-effects.ts";
export { listDeployments } from "./list-deployments.ts";
export { listRejectedMessages, type RejectedMessage, readRejectedMessage } from "./list-rejected-messages.ts";
export { listRunningVersions } from "./list-running-versions.ts";
export { loadUsualDelays, type UsualDelay } from "./load-usual-delays.ts";
export { recordDeployment } from "./record-deployment.ts";
export { recountTotals } from "./recount-totals.ts";
export { bitOf, dayOf, laneHourKeys, rememberReporters } from "./reporter-hours.ts";
export { ClockDisagrees } from "./require-clock.ts";
export { resubmitMessage } from "./resubmit-message.ts";
export { writeClosings, writeMarkers, writeMarks, writeWatermarks } from "./write-closings.ts";
export type { RejectedInput } from "./write-rejected.ts";
export { type ReportRow, unpackHours, writeProducedHours, writeReports } from "./write-reports.ts";
export {
  divideHeld,
  type HeldMarkerRow,
  type HeldMarkRow,
  mergeHeldMark,
  mergeHeldMarker,
  mergeHeldReport,
  writeHeldMarkers,
  writeHeldMarks,
  writeHeldReports,
} from "./write-set-aside.ts";
export { writeTotals } from "./write-totals.ts";
