import type { Severity } from "../alert-rule.ts";

/** null: unknown. */
export interface TypeFigures {
  eventType: string;
  openHours: number;
  /** Since the end of its oldest open hour; null: none is open. */
  delaySeconds: number | null;
  breachProbability: number | null;
  closingDelaySeconds: number | null;
  completeness: number | null;
  lost: number | null;
  duplicated: number | null;
}

export interface LaneFigures {
  eventType: string;
  datacenter: string;
  lagSeconds: number | null;
  closingDelaySeconds: number | null;
  completeness: number | null;
  lost: number | null;
  duplicated: number | null;
}

/** The fleet at one moment. */
export interface ExportFigures {
  openIncidents: Partial<Record<Severity, number>>;
  types: readonly TypeFigures[];
  lanes: readonly LaneFigures[];
  leftOut: { eventTypes: number; lanes: number };
}
