import { Gauge, type Registry } from "prom-client";
import { severities } from "#domain/alert-rule.ts";
import { verdictStates } from "#domain/verdict.ts";
import type { FleetFigures } from "#server/board/index.ts";

/** Shows the fleet's figures, or none: what is unknown has no series, and is never zero. */
export function createFleetMetrics(registry: Registry): (figures: FleetFigures | null) => void {
  const gauges: Gauge[] = [];
  const gauge = <const Labels extends string>(name: string, help: string, ...labelNames: Labels[]) => {
    const made = new Gauge({ name, help, labelNames, registers: [registry] });
    gauges.push(made as Gauge);
    return (labels: Record<Labels, string>, value: number | null) => {
      if (value !== null) (made as Gauge).set(labels, value);
    };
  };
  const states = gauge("tidemark_event_types", "Claimed event types by state.", "state");
  const incidents = gauge("tidemark_open_incidents", "Open incidents by severity.", "severity");
  const leftOut = gauge(
    "tidemark_metrics_left_out",
    "How many event types, and lanes of those shown, have no figures here: TIDEMARK_METRICS_EVENT_TYPES.",
    "what",
  );
  const datacenterLag = gauge(
    "tidemark_datacenter_lag_seconds",
    "Now minus the datacenter's lowest watermark.",
    "datacenter",
  );
  const silent = gauge(
    "tidemark_datacenter_silent",
    "1: nothing arrived from the datacenter for some minutes.",
    "datacenter",
  );
  const lateTypes = gauge(
    "tidemark_datacenter_late_event_types",
    "Late event types that the datacenter holds up.",
    "datacenter",
  );
  const datacenterBacklog = gauge(
    "tidemark_datacenter_backlog_age_seconds",
    "Age of the datacenter's oldest undelivered event, by current gauges.",
    "datacenter",
  );
  const typeLag = gauge(
    "tidemark_event_type_lag_seconds",
    "Now minus the lowest watermark of the type's datacenters.",
    "event_type",
  );
  const openHours = gauge(
    "tidemark_event_type_unclosed_verdicts",
    "Verdicts of ended hours that are not closed, one an hour.",
    "event_type",
  );
  const delay = gauge(
    "tidemark_event_type_open_delay_seconds",
    "Time since the end of the type's oldest open hour; 0: none is open.",
    "event_type",
  );
  const breach = gauge(
    "tidemark_event_type_breach_probability",
    "Forecast probability that the oldest open hour, else the current one, misses its deadline.",
    "event_type",
  );
  const closing = gauge(
    "tidemark_event_type_closing_delay_seconds",
    "Closing delay of the type's newest closed hour.",
    "event_type",
  );
  const completeness = gauge(
    "tidemark_event_type_completeness_ratio",
    "Share of produced events that were delivered, in the newest final hour whose counts are known.",
    "event_type",
  );
  const lane = ["event_type", "datacenter"] as const;
  const laneLag = gauge("tidemark_lane_lag_seconds", "Now minus the lane's watermark.", ...lane);
  const laneClosing = gauge(
    "tidemark_lane_closing_delay_seconds",
    "The lane's closing delay in the type's newest closed hour.",
    ...lane,
  );
  const laneCompleteness = gauge(
    "tidemark_lane_completeness_ratio",
    "The lane's share of produced events that were delivered, in the type's newest final hour.",
    ...lane,
  );
  const laneBacklogAge = gauge(
    "tidemark_lane_backlog_age_seconds",
    "Age of the lane's oldest event that waits at a stage, by its current gauge.",
    ...lane,
    "stage",
  );
  const laneBacklog = gauge(
    "tidemark_lane_backlog_messages",
    "Messages of the lane that wait at a stage, by its current gauge.",
    ...lane,
    "stage",
  );

  return (figures) => {
    for (const each of gauges) each.reset();
    if (figures === null) return;
    for (const state of verdictStates) states({ state }, figures.states[state] ?? 0);
    for (const severity of severities) incidents({ severity }, figures.openIncidents[severity] ?? 0);
    leftOut({ what: "event_types" }, figures.leftOut.eventTypes);
    leftOut({ what: "lanes" }, figures.leftOut.lanes);
    for (const { name: datacenter, ...now } of figures.datacenters) {
      datacenterLag({ datacenter }, now.lagSeconds);
      silent({ datacenter }, now.silent ? 1 : 0);
      lateTypes({ datacenter }, now.lateTypes);
      datacenterBacklog({ datacenter }, now.backlog?.oldestAgeSeconds ?? null);
    }
    for (const type of figures.types) {
      const labels = { event_type: type.eventType };
      typeLag(labels, type.lagSeconds);
      openHours(labels, type.openHours);
      delay(labels, type.delaySeconds ?? 0);
      breach(labels, type.breachProbability);
      closing(labels, type.closingDelaySeconds);
      completeness(labels, type.completeness);
    }
    for (const { eventType, datacenter, backlogs, ...now } of figures.lanes) {
      const labels = { event_type: eventType, datacenter };
      laneLag(labels, now.lagSeconds);
      laneClosing(labels, now.closingDelaySeconds);
      laneCompleteness(labels, now.completeness);
      for (const { stage, oldestAgeSeconds, messages } of backlogs) {
        laneBacklogAge({ ...labels, stage }, oldestAgeSeconds);
        laneBacklog({ ...labels, stage }, messages);
      }
    }
  };
}
