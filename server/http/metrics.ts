import { performance } from "node:perf_hooks";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { Counter, Gauge, Histogram } from "prom-client";
import type { StatusJson } from "#domain/api/board.ts";
import type { SourceJson } from "#domain/api/sources.ts";
import type { AuditStreamState } from "#server/audit/index.ts";
import type { FleetFigures } from "#server/board/index.ts";
import type { DeliveryCount, NotificationCount } from "#server/outbox/index.ts";
import { openRegistry } from "#server/process/open-registry.ts";
import type { WorkFigures } from "#server/turns/index.ts";
import type { ApiEnv } from "./api-deps.ts";
import { createFleetMetrics } from "./fleet-metrics.ts";
import { createMetricExportMetrics } from "./metric-export-metrics.ts";
import { createNotificationMetrics } from "./notification-metrics.ts";
import { createSourceMetrics } from "./source-metrics.ts";
import { createWorkMetrics } from "./work-metrics.ts";

export interface Metrics {
  /** Times every call by route, not path: event type names would make a series each. */
  readonly observe: MiddlewareHandler<ApiEnv>;
  /** Prometheus text; Tidemark's own figures come from `status`, null if the database is unavailable. */
  write(figures: Figures): Promise<{ contentType: string; text: string }>;
}

export interface Figures {
  status: StatusJson | null;
  deliveries: readonly DeliveryCount[];
  heldRequests: number;
  /** null: the audit log is not sent anywhere, or the database is unavailable. */
  auditStream: AuditStreamState | null;
  notifications: readonly NotificationCount[];
  /** null: the settings do not ask for them, or the database is unavailable. */
  fleet: FleetFigures | null;
  sources: readonly SourceJson[];
  /** null: the database is unavailable. */
  work: WorkFigures | null;
}

export function createMetrics(): Metrics {
  const registry = openRegistry();
  const showFleet = createFleetMetrics(registry);
  const showNotifications = createNotificationMetrics(registry);
  const showMetricExport = createMetricExportMetrics(registry);
  const showSources = createSourceMetrics(registry);
  const showWork = createWorkMetrics(registry);
  const registers = [registry];
  const durations = new Histogram({
    name: "tidemark_http_request_duration_seconds",
    help: "How long calls of the API took; the gate's held requests are among them.",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const up = gauge("tidemark_database_up", "1 while the database answers.");
  const dirtyHours = gauge(
    "tidemark_verdicts_pending",
    "Verdicts that do not have all committed facts yet, one an hour of a type; 0: all is judged.",
  );
  const rejudging = gauge(
    "tidemark_verdicts_rejudging",
    "Verdicts of past hours that are still to be judged again in the background after catalogue changes.",
  );
  const telemetryAge = gauge(
    "tidemark_telemetry_age_seconds",
    "Seconds by Tidemark's clock since the last committed message; NaN before the first.",
  );
  const behind = new Gauge({
    name: "tidemark_behind_seconds",
    help: "How far each duty, such as judging or delivering, is behind, where that is more than its limit.",
    labelNames: ["what"] as const,
    registers,
  });
  const standing = new Gauge({
    name: "tidemark_ingest_standing_seconds",
    help: "How long an intake (a Pub/Sub subscription, Kafka topics) has not been heard, in real seconds; 0 while it is.",
    labelNames: ["intake"] as const,
    registers,
  });
  const waiting = new Gauge({
    name: "tidemark_deliveries",
    help: "Messages to channels and to consumers' webhooks (subscription) that wait, and those of the log that were given up.",
    labelNames: ["producer", "state"] as const,
    registers,
  });
  const held = gauge("tidemark_gate_held_requests", "Requests that this process's gate holds now.");
  const auditDelay = gauge(
    "tidemark_audit_stream_delay_seconds",
    "Age of the oldest entry of the audit log that its webhook has not accepted; 0: it has all; NaN without a webhook.",
  );
  const auditSuccess = gauge(
    "tidemark_audit_stream_last_success_timestamp_seconds",
    "When the audit log's webhook last accepted entries, in Unix seconds; NaN before the first and without a webhook.",
  );
  const total = (name: string, help: string) => new Counter({ name, help, registers });
  const messages = total("tidemark_ingest_messages_total", "Messages committed by all processes together.");
  const rejected = total("tidemark_ingest_rejected_total", "Messages rejected by all processes together.");
  const unstored = total(
    "tidemark_ingest_unstored_total",
    "Of the rejected messages, those that were not kept: more arrived than a process stores in a minute.",
  );

  /** Gauges are set and then read: one reader after the other. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };

  return {
    observe: async (c, next) => {
      const startedAtMs = performance.now();
      await next();
      const route = routePath(c, -1);
      const labels = { method: c.req.method, route: route === "/*" ? "unknown" : route, status: String(c.res.status) };
      durations.observe(labels, (performance.now() - startedAtMs) / 1000);
    },
    write: ({ status, deliveries, heldRequests, auditStream, notifications, fleet, sources, work }) =>
      inTurn(async () => {
        showFleet(fleet);
        showNotifications(notifications);
        showMetricExport(status?.metricExport ?? null);
        showSources(sources, status ? new Date(status.now) : new Date());
        showWork(work);
        held.set(heldRequests);
        auditDelay.set(auditStream?.delaySeconds ?? Number.NaN);
        auditSuccess.set(auditStream?.sentAtSeconds ?? Number.NaN);
        up.set(status ? 1 : 0);
        dirtyHours.set(status?.dirtyHours ?? Number.NaN);
        const past = status?.rejudging;
        rejudging.set(status ? (past ? past.hours - past.doneHours : 0) : Number.NaN);
        telemetryAge.set(status?.telemetryAgeSeconds ?? Number.NaN);
        waiting.reset();
        for (const { producer, state, messages: count } of deliveries) waiting.set({ producer, state }, count);
        behind.reset();
        standing.reset();
        if (status) {
          for (const { what, ageSeconds } of status.behind) behind.set({ what }, ageSeconds);
          for (const { name, standingSince } of status.ingest.intakes) {
            const standingMs = standingSince === null ? 0 : Math.max(0, Date.now() - Date.parse(standingSince));
            standing.set({ intake: name }, standingMs / 1000);
          }
          setTotal(messages, status.ingest.messages);
          setTotal(rejected, status.ingest.rejected);
          setTotal(unstored, status.ingest.unstored);
        }
        return { contentType: registry.contentType, text: await registry.metrics() };
      }),
  };
}

/** Counted in the database for all processes: only copied here. */
function setTotal(counter: Counter, value: number): void {
  counter.reset();
  counter.inc(value);
}
