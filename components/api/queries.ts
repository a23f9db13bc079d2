import { queryOptions } from "@tanstack/react-query";
import type { LagHours } from "#domain/lag-hours.ts";
import { allPages, answerOf, api } from "./client.ts";

/** Queries that read weeks of data, or change slowly: refetched on a timer, whatever changes meanwhile. */
const unhurried = { refetchInterval: 60_000, staleTime: 50_000, meta: { unhurried: true } } as const;
const lively = { ...unhurried, refetchInterval: 20_000 } as const;

/** A query of one call, by a key for every place that shows the answer. */
export function read<Data>(
  queryKey: readonly unknown[],
  call: (signal: AbortSignal) => Promise<{ data?: Data }>,
  options: object = {},
) {
  return queryOptions({ queryKey, queryFn: ({ signal }) => answerOf(call(signal)), ...options });
}

/** A query's parameters that are a page's own search. */
export const searched = (search: string) => ({ querySerializer: () => search });

/** The last hours, or from an instant to another. */
interface LagQuery {
  hours?: LagHours;
  from?: string;
  to?: string;
}

const ofName = (name: string) => ({ params: { path: { name } } });
const ofId = (id: string) => ({ params: { path: { id } } });
const ofHour = (name: string, hour: string) => ({ params: { path: { name, hour } } });

export const queries = {
  audit: (search: string) => read(["audit", search], (signal) => api.GET("/audit", { ...searched(search), signal })),
  status: () => read(["status"], (signal) => api.GET("/status", { signal })),
  statusHistory: () => read(["status-history"], (signal) => api.GET("/status/history", { signal }), unhurried),
  board: () => read(["board"], (signal) => api.GET("/board/compact", { signal })),
  /** The figures of the whole board without its rows. */
  boardSummary: () =>
    read(["board-summary"], (signal) => api.GET("/board/compact", { params: { query: { limit: 0 } }, signal })),
  matrix: (range: { from: string; to?: string }) =>
    read(
      ["matrix", range.from, range.to ?? "now"],
      (signal) => api.GET("/matrix", { params: { query: range }, signal }),
      unhurried,
    ),
  datacenters: () =>
    queryOptions({
      queryKey: ["datacenters"],
      queryFn: ({ signal }) => allPages((query) => api.GET("/datacenters", { params: { query }, signal })),
    }),
  eventTypes: () =>
    queryOptions({
      queryKey: ["event-types"],
      queryFn: ({ signal }) => allPages((query) => api.GET("/event-types", { params: { query }, signal })),
    }),
  eventType: (name: string) =>
    read(["event-type", name], (signal) => api.GET("/event-types/{name}", { ...ofName(name), signal })),
  hours: (name: string, range: { from: string; to: string }) =>
    read(["hours", name, range.from, range.to], (signal) =>
      api.GET("/event-types/{name}/hours", { params: { path: { name }, query: { ...range, limit: 500 } }, signal }),
    ),
  readiness: (query: { eventTypes: string; day: string; zone: string }) =>
    read(["readiness", query.eventTypes, query.day, query.zone], (signal) =>
      api.GET("/readiness", { params: { query }, signal }),
    ),
  verdict: (name: string, hour: string) =>
    read(["verdict", name, hour], (signal) =>
      api.GET("/event-types/{name}/hours/{hour}", { ...ofHour(name, hour), signal }),
    ),
  /** Current problems of all types, grouped by what they share. */
  fleetExplanation: () => read(["fleet-explanation"], (signal) => api.GET("/explanation", { signal }), lively),
  explanation: (name: string, hour: string) =>
    read(
      ["explanation", name, hour],
      (signal) => api.GET("/event-types/{name}/hours/{hour}/explanation", { ...ofHour(name, hour), signal }),
      lively,
    ),
  skew: (name: string, hour: string) =>
    read(
      ["skew", name, hour],
      (signal) => api.GET("/event-types/{name}/hours/{hour}/skew", { ...ofHour(name, hour), signal }),
      unhurried,
    ),
  progress: (name: string, hour: string) =>
    read(
      ["progress", name, hour],
      (signal) => api.GET("/event-types/{name}/hours/{hour}/progress", { ...ofHour(name, hour), signal }),
      unhurried,
    ),
  lagHistory: (name: string, range: LagQuery) =>
    read(
      ["lag-history", name, range],
      (signal) => api.GET("/datacenters/{name}/lag", { params: { path: { name }, query: range }, signal }),
      lively,
    ),
  typeLag: (name: string, range: LagQuery) =>
    read(
      ["type-lag", name, range],
      (signal) => api.GET("/event-types/{name}/lag", { params: { path: { name }, query: range }, signal }),
      lively,
    ),
  datacenter: (name: string) =>
    read(["datacenter", name], (signal) => api.GET("/datacenters/{name}", { ...ofName(name), signal })),
  lanes: (name: string) =>
    read(["lanes", name], (signal) => api.GET("/datacenters/{name}/lanes", { ...ofName(name), signal })),
  lateness: () => read(["lateness"], (signal) => api.GET("/lateness", { signal }), unhurried),
  deployments: (search: string) =>
    read(["deployments", search], (signal) => api.GET("/deployments", { ...searched(search), signal }), unhurried),
  deploymentEffects: (search: string) =>
    read(
      ["deployment-effects", search],
      (signal) => api.GET("/deployment-effects", { ...searched(search), signal }),
      unhurried,
    ),
  runningVersions: (search: string) =>
    read(
      ["running-versions", search],
      (signal) => api.GET("/deployments/running", { ...searched(search), signal }),
      unhurried,
    ),
  history: (name: string, days: number) =>
    read(
      ["history", name, days],
      (signal) => api.GET("/event-types/{name}/history", { params: { path: { name }, query: { days } }, signal }),
      unhurried,
    ),
  volume: (name: string) =>
    read(["volume", name], (signal) => api.GET("/event-types/{name}/volume", { ...ofName(name), signal }), unhurried),
  sloOfType: (eventType: string) =>
    read(
      ["slo-of-type", eventType],
      (signal) => api.GET("/slo/attainment", { params: { query: { eventType } }, signal }),
      unhurried,
    ),
  visitor: () => read(["visitor"], (signal) => api.GET("/session", { signal }), unhurried),
  alerts: (search: string) => read(["alerts", search], (signal) => api.GET("/alerts", { ...searched(search), signal })),
  incidents: (search: string) =>
    read(["incidents", search], (signal) => api.GET("/incidents", { ...searched(search), signal })),
  incident: (id: string) => read(["incident", id], (signal) => api.GET("/incidents/{id}", { ...ofId(id), signal })),
  /** In a range; null: from before the onset until after the end. */
  incidentSeries: (id: string, { from, to }: { from: string | null; to: string | null }) =>
    read(
      ["incident-series", id, from, to],
      (signal) =>
        api.GET("/incidents/{id}/series", {
          params: { path: { id }, query: { ...(from !== null && { from }), ...(to !== null && { to }) } },
          signal,
        }),
      lively,
    ),
  rules: () =>
    queryOptions({
      queryKey: ["rules"],
      queryFn: ({ signal }) => allPages((query) => api.GET("/rules", { params: { query }, signal })),
    }),
  rule: (name: string) => read(["rule", name], (signal) => api.GET("/rules/{name}", { ...ofName(name), signal })),
  ruleStanding: (name: string) =>
    read(["rule-standing", name], (signal) => api.GET("/rules/{name}/standing", { ...ofName(name), signal }), lively),
  /** Where alerts with these labels would go, in the stored tree or in a draft. */
  routesTest: (labels: Record<string, string>, tree?: object) =>
    read(
      ["routes-test", labels, tree],
      (signal) => api.POST("/routes/test", { body: { labels, ...(tree && { tree: tree as never }) }, signal }),
      unhurried,
    ),
  silences: (search: string) =>
    read(["silences", search], (signal) => api.GET("/silences", { ...searched(search), signal })),
  /** All that concern an incident and are not over. */
  silencesOf: (incident: string) =>
    queryOptions({
      queryKey: ["silences", "of", incident],
      queryFn: ({ signal }) =>
        allPages((query) => api.GET("/silences", { params: { query: { ...query, incident } }, signal })),
    }),
  silencePreview: (draft: { matchers: string[] }) =>
    read(["silence-preview", draft], (signal) => api.POST("/silences/preview", { body: draft, signal }), unhurried),
  channels: () =>
    queryOptions({
      queryKey: ["channels"],
      queryFn: ({ signal }) => allPages((query) => api.GET("/channels", { params: { query }, signal })),
    }),
  sources: () =>
    queryOptions({
      queryKey: ["sources"],
      queryFn: ({ signal }) => allPages((query) => api.GET("/sources", { params: { query }, signal })),
      ...lively,
    }),
  source: (name: string) =>
    read(["source", name], (signal) => api.GET("/sources/{name}", { ...ofName(name), signal }), lively),
  sourceResources: (name: string, mapped: boolean, cursor?: string) =>
    read(
      ["source-resources", name, mapped, cursor ?? ""],
      (signal) =>
        api.GET("/sources/{name}/resources", {
          params: {
            path: { name },
            query: { limit: 50, mapped: mapped ? "true" : "false", ...(cursor !== undefined && { cursor }) },
          },
          signal,
        }),
      lively,
    ),
  onCallSchedules: () =>
    queryOptions({
      queryKey: ["on-call-schedules"],
      queryFn: ({ signal }) => allPages((query) => api.GET("/on-call-schedules", { params: { query }, signal })),
    }),
  onCallSchedule: (name: string) =>
    read(["on-call-schedule", name], (signal) => api.GET("/on-call-schedules/{name}", { ...ofName(name), signal })),
  onCallShifts: (name: string, range: { from: string; to: string }) =>
    read(["on-call-shifts", name, range.from, range.to], (signal) =>
      api.GET("/on-call-schedules/{name}/shifts", { params: { path: { name }, query: range }, signal }),
    ),
  onCallOverrides: (name: string) =>
    read(["on-call-overrides", name], (signal) =>
      api.GET("/on-call-schedules/{name}/overrides", { ...ofName(name), signal }),
    ),
  channel: (name: string) =>
    read(["channel", name], (signal) => api.GET("/channels/{name}", { ...ofName(name), signal })),
  routingTree: () => read(["routing-tree"], (signal) => api.GET("/routing-tree", { signal })),
  deliveries: (search: string) =>
    read(["deliveries", search], (signal) => api.GET("/deliveries", { ...searched(search), signal })),
  delivery: (id: string) => read(["delivery", id], (signal) => api.GET("/deliveries/{id}", { ...ofId(id), signal })),
  revisions: (name: string, hour: string) =>
    read(["revisions", name, hour], (signal) =>
      api.GET("/event-types/{name}/hours/{hour}/revisions", {
        params: { path: { name, hour }, query: { limit: 500 } },
        signal,
      }),
    ),
  consumers: (name: string) =>
    queryOptions({
      queryKey: ["consumers", name],
      queryFn: ({ signal }) =>
        allPages((query) => api.GET("/event-types/{name}/consumers", { params: { path: { name }, query }, signal })),
    }),
  hourConsumers: (name: string, hour: string) =>
    queryOptions({
      queryKey: ["hour-consumers", name, hour],
      queryFn: ({ signal }) =>
        allPages((query) =>
          api.GET("/event-types/{name}/hours/{hour}/consumers", { params: { path: { name, hour }, query }, signal }),
        ),
    }),
};

/** Why the latest refresh failed, in a sentence; null while it works. */
export function failureOf(query: { error: Error | null; isError: boolean; isRefetchError: boolean }): string | null {
  return query.error && (query.isError || query.isRefetchError) ? query.error.message : null;
}
