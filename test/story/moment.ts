import type { IncidentJson } from "#domain/api/alerts.ts";
import type { CompactBoardJson } from "#domain/api/board.ts";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import type { ExplanationJson } from "#domain/api/explanation.ts";
import type { LanesJson } from "#domain/api/lateness.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import type { Notification } from "#domain/notification.ts";

export interface HourPage {
  verdict: VerdictJson;
  explanation: ExplanationJson;
}

/** Everything that the pages and receivers have at one minute. */
export interface Moment {
  atMs: number;
  board: CompactBoardJson;
  /** Open and resolved, in full. */
  incidents: IncidentJson[];
  datacenters: { datacenter: DatacenterJson; lanes: LanesJson }[];
  /** Of the affected hours of open incidents. */
  hours: HourPage[];
  /** Messages written in this minute. */
  sent: Notification[];
}
