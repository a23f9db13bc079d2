import type { LaneFigures, TypeFigures } from "./export-figures.ts";

export interface ExportedMetric {
  /** After `custom.googleapis.com/tidemark/`. */
  name: string;
  displayName: string;
  description: string;
  /** UCUM. */
  unit: string;
  /** Counts are INT64. */
  valueType: "DOUBLE" | "INT64";
  labels: readonly Label[];
}

type Label = "event_type" | "datacenter" | "severity";

export const labelDescriptions: Record<Label, string> = {
  event_type: "The event type.",
  datacenter: "The datacenter that the events come from.",
  severity: "The severity of the incident: page, ticket or info.",
};

type Figure<Of> = ExportedMetric & { read(figures: Of): number | null };

function figure<Of>(labels: readonly Label[], terms: Omit<Figure<Of>, "labels" | "valueType">): Figure<Of> {
  return { ...terms, labels, valueType: terms.unit === "{event}" ? "INT64" : "DOUBLE" };
}
const ofType = (terms: Parameters<typeof figure<TypeFigures>>[1]) => figure(["event_type"], terms);
const ofLane = (terms: Parameters<typeof figure<LaneFigures>>[1]) => figure(["event_type", "datacenter"], terms);

const lost = "Events that were produced and not delivered, of the newest final hour.";
const duplicated = "Events that were delivered more often than produced, of the newest final hour.";

/** By event type, over all of its datacenters. */
export const typeMetrics: readonly Figure<TypeFigures>[] = [
  ofType({
    name: "event_type/closing_delay",
    displayName: "Closing delay",
    description: "From the end of the newest closed hour to its closing.",
    unit: "s",
    read: (type) => type.closingDelaySeconds,
  }),
  ofType({
    name: "event_type/open_delay",
    displayName: "Delay of the oldest open hour",
    description: "Since the end of the oldest hour that is not closed; 0: every ended hour is closed.",
    unit: "s",
    read: (type) => type.delaySeconds ?? (type.openHours === 0 ? 0 : null),
  }),
  ofType({
    name: "event_type/breach_probability",
    displayName: "Breach probability",
    description: "How likely the oldest open hour, else the current one, misses its deadline.",
    unit: "1",
    read: (type) => type.breachProbability,
  }),
  ofType({
    name: "event_type/completeness",
    displayName: "Completeness",
    description: "Share of the produced events that were delivered, of the newest final hour.",
    unit: "1",
    read: (type) => type.completeness,
  }),
  ofType({
    name: "event_type/lost",
    displayName: "Lost events",
    description: lost,
    unit: "{event}",
    read: (type) => type.lost,
  }),
  ofType({
    name: "event_type/duplicated",
    displayName: "Duplicated events",
    description: duplicated,
    unit: "{event}",
    read: (type) => type.duplicated,
  }),
];

/** By lane: one event type at one datacenter. */
export const laneMetrics: readonly Figure<LaneFigures>[] = [
  ofLane({
    name: "lane/watermark_age",
    displayName: "Watermark age",
    description: "How far the watermark is behind the present.",
    unit: "s",
    read: (lane) => lane.lagSeconds,
  }),
  ofLane({
    name: "lane/closing_delay",
    displayName: "Closing delay by datacenter",
    description: "From the end of the type's newest closed hour to its closing by the datacenter.",
    unit: "s",
    read: (lane) => lane.closingDelaySeconds,
  }),
  ofLane({
    name: "lane/completeness",
    displayName: "Completeness by datacenter",
    description: "Share of the datacenter's produced events that were delivered, of the type's newest final hour.",
    unit: "1",
    read: (lane) => lane.completeness,
  }),
  ofLane({
    name: "lane/lost",
    displayName: "Lost events by datacenter",
    description: lost,
    unit: "{event}",
    read: (lane) => lane.lost,
  }),
  ofLane({
    name: "lane/duplicated",
    displayName: "Duplicated events by datacenter",
    description: duplicated,
    unit: "{event}",
    read: (lane) => lane.duplicated,
  }),
];

export const openIncidents: ExportedMetric = {
  name: "open_incidents",
  displayName: "Open incidents",
  description: "Incidents that are not resolved.",
  unit: "{incident}",
  valueType: "INT64",
  labels: ["severity"],
};

export const leftOutTypes: ExportedMetric = {
  name: "event_types_left_out",
  displayName: "Event types left out",
  description: "Event types at lower risk than those that are written, of which no series are written.",
  unit: "{event_type}",
  valueType: "INT64",
  labels: [],
};

export const leftOutLanes: ExportedMetric = {
  name: "lanes_left_out",
  displayName: "Lanes left out",
  description: "Lanes of the written event types that are beyond the limit of 10,000, of which no series are written.",
  unit: "{lane}",
  valueType: "INT64",
  labels: [],
};

export const exportedMetrics: readonly ExportedMetric[] = [
  ...typeMetrics,
  ...laneMetrics,
  openIncidents,
  leftOutTypes,
  leftOutLanes,
];
