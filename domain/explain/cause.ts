import type { Stage } from "../protocol.ts";

/*
 *   code                 what happened                                                                  about
 *   telemetry_blind      Tidemark itself ingests nothing: what looks like trouble may be its own         every hour
 *   datacenter_silent    a datacenter sends nothing at all                                              lateness
 *   publishing_stalled   its hosts count events that do not reach the queue                             lateness
 *   watermark_stalled    it reports, and its watermark stands still                                     lateness
 *   backlog              its watermark moves slower than time, events wait before a stage               lateness
 *   deployment           one of the above began when a component was deployed there                     all
 *   shared_datacenter    it holds up other types too, and nothing above says why                        lateness
 *   datacenter_behind    it holds up this type alone, and nothing above says why                        lateness
 *   stage_loss           events are gone before a stage                                                 incomplete
 *   duplicate_delivery   events came twice before a stage                                               overcounted
 *   skewed_delivery      events were put into other hours                                               skew
 *   reporters_missing    a datacenter has no produced counts of some reporters or of a silent host       unverified
 *   counts_missing       a datacenter reported no produced counts                                       unverified
 *   unusual_volume       far fewer or more events are produced than usual                                      incidents
 */
export const causeCodes = [
  "telemetry_blind",
  "datacenter_silent",
  "publishing_stalled",
  "watermark_stalled",
  "backlog",
  "deployment",
  "shared_datacenter",
  "datacenter_behind",
  "stage_loss",
  "duplicate_delivery",
  "skewed_delivery",
  "reporters_missing",
  "counts_missing",
  "unusual_volume",
] as const;
export type CauseCode = (typeof causeCodes)[number];

export type EvidenceUnit = "seconds" | "events" | "messages" | "share" | "types" | "hours";

/** One fact, whatever it may mean: the sentence and, where there is one, its instant and figure. */
export interface EvidenceItem {
  fact: string;
  at: Date | null;
  figure: number | null;
  unit: EvidenceUnit | null;
}

export interface Cause {
  code: CauseCode;
  /** Where; null: everywhere, or in Tidemark itself. */
  datacenter: string | null;
  /** The first stage whose counts show it; null if the stored data do not show it. */
  stage: Stage | null;
  /** The earliest instant by which it is known; null: unknown. */
  since: Date | null;
  component: string | null;
  instance: string | null;
  version: string | null;
  /** The deployment it refers to. */
  deploymentId: string | null;
  /** Confidence, 0 to below 1, for ranking. Not a probability. */
  score: number;
  /** What happened and what to do, for people. */
  sentence: string;
  /** The evidence, strongest first. */
  evidence: EvidenceItem[];
}
