import type {
  SloCalendarJson,
  SloCauseJson,
  SloExcuseJson,
  SloItemJson,
  SloMonthsJson,
  SloPeriodJson,
  SloRestatementJson,
} from "./slo.ts";

/** A tier or an owner, week by week; null where nothing counts. */
export interface HealthRow {
  scope: "tier" | "owner";
  name: string;
  /** Null without one, and where several apply: those are `objectives`. */
  objective: number | null;
  objectives: { tier: string; objective: number }[];
  weeks: (WeekCell | null)[];
}

export interface WeekCell {
  due: number;
  missed: number;
  excused: number;
  /** Worse than an objective; `below` names the tiers whose hours are. */
  isBelow: boolean;
  below: string[];
}

/** Everything on the managers' page for a period. */
export interface SloReport {
  period: SloPeriodJson;
  asOf: string;
  /** When its last type is frozen; null once that has happened or for a period that never freezes. */
  freezesAt: string | null;
  pendingDays: number;
  filter: { tier?: string; owner?: string; eventType?: string };
  total: SloItemJson;
  tiers: SloItemJson[];
  owners: SloItemJson[];
  /** From included, to excluded. */
  weeks: { from: string; to: string }[];
  health: HealthRow[];
  days: SloCalendarJson["days"];
  /** Whose error budget the days show. */
  budgetOf: string | null;
  /** Every type, those with the most late hours first. */
  types: SloItemJson[];
  months: SloMonthsJson["items"];
  /** The types with the most broken hours, each with the causes. */
  worst: { item: SloItemJson; causes: SloCauseJson[] }[];
  causes: {
    /** Who held up late hours, the most first. */
    datacenters: CauseTotal[];
    /** Each late hour and lost event once: they add up to the totals. */
    rows: CauseRow[];
  };
  incidents: SloIncidents;
  restatements: SloRestatementJson[];
  /** There are more than are shown. */
  moreRestatements: boolean;
  excuses: SloExcuseJson[];
  /** The filters available for the page. */
  choices: { tiers: string[]; owners: string[] };
}

/** All in seconds; null if it has not happened. */
export interface IncidentDurations {
  readonly detectSeconds: number;
  /** Counted from the notice. */
  readonly acknowledgeSeconds: number | null;
  readonly resolveSeconds: number | null;
  /** From the notice to the first deadline among its hours, which is when consumers would have noticed; negative: after it. */
  readonly leadSeconds: number | null;
}

/** Incidents that opened in the period and affected hours of the report's types. */
export interface SloIncidents {
  count: number;
  /** Those with the most late hours. */
  items: SloIncident[];
  medians: Record<keyof IncidentDurations, number | null>;
}

export interface SloIncident extends IncidentDurations {
  id: string;
  title: string;
  openedAt: string;
  acknowledgedBy: string | null;
  hours: number;
  lateHours: number;
}

export interface CauseRow {
  /** `others`: smaller causes together; `unattributed`: what no cause is recorded for. */
  kind: "cause" | "others" | "unattributed";
  datacenter: string | null;
  deployment: string | null;
  /** Where most of its events were lost. */
  stage: string | null;
  lateHours: number;
  lostEvents: number;
}

export interface CauseTotal {
  name: string;
  lateHours: number;
  lostEvents: number;
}
