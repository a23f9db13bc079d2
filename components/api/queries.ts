import { queryOptions } from "@tanstack/react-query";
import { api } from "./client.ts";

/** Queries that read weeks of data, or change slowly: refetched on a timer, whatever changes meanwhile. */
const unhurried = { refetchInterval: 60_000, staleTime: 50_000, meta: { unhurried: true } } as const;

/** One key and one query each, for every place that shows the answer. */
export const queries = {
  status: () => queryOptions({ queryKey: ["status"], queryFn: ({ signal }) => api.status(signal) }),
  board: () => queryOptions({ queryKey: ["board"], queryFn: ({ signal }) => api.board(signal) }),
  boardSummary: () => queryOptions({ queryKey: ["board-summary"], queryFn: ({ signal }) => api.boardSummary(signal) }),
  matrix: (range: { from: string; to?: string }) =>
    queryOptions({
      queryKey: ["matrix", range.from, range.to ?? "now"],
      queryFn: ({ signal }) => api.matrix(range, signal),
      ...unhurried,
    }),
  datacenters: () => queryOptions({ queryKey: ["datacenters"], queryFn: ({ signal }) => api.datacenters(signal) }),
  eventTypes: () => queryOptions({ queryKey: ["event-types"], queryFn: ({ signal }) => api.eventTypes(signal) }),
  eventType: (name: string) =>
    queryOptions({ queryKey: ["event-type", name], queryFn: ({ signal }) => api.eventType(name, signal) }),
  hours: (name: string, range: { from: string; to: string }) =>
    queryOptions({
      queryKey: ["hours", name, range.from, range.to],
      queryFn: ({ signal }) => api.hours(name, range, signal),
    }),
  readiness: (asked: { eventTypes: string; day: string; zone: string }) =>
    queryOptions({
      queryKey: ["readiness", asked.eventTypes, asked.day, asked.zone],
      queryFn: ({ signal }) => api.readiness(asked, signal),
    }),
  verdict: (name: string, hour: string) =>
    queryOptions({ queryKey: ["verdict", name, hour], queryFn: ({ signal }) => api.verdict(name, hour, signal) }),
  fleetExplanation: () =>
    queryOptions({
      queryKey: ["fleet-explanation"],
      queryFn: ({ signal }) => api.fleetExplanation(signal),
      ...unhurried,
      refetchInterval: 20_000,
    }),
  explanation: (name: string, hour: string) =>
    queryOptions({
      queryKey: ["explanation", name, hour],
      queryFn: ({ signal }) => api.explanation(name, hour, signal),
      ...unhurried,
      refetchInterval: 20_000,
    }),
  skew: (name: string, hour: string) =>
    queryOptions({
      queryKey: ["skew", name, hour],
      queryFn: ({ signal }) => api.skew(name, hour, signal),
      ...unhurried,
    }),
  progress: (name: string, hour: string) =>
    queryOptions({
      queryKey: ["progress", name, hour],
      queryFn: ({ signal }) => api.progress(name, hour, signal),
      ...unhurried,
    }),
  datacenter: (name: string) =>
    queryOptions({ queryKey: ["datacenter", name], queryFn: ({ signal }) => api.datacenter(name, signal) }),
  lanes: (name: string) =>
    queryOptions({ queryKey: ["lanes", name], queryFn: ({ signal }) => api.lanes(name, signal) }),
  lateness: () => queryOptions({ queryKey: ["lateness"], queryFn: ({ signal }) => api.lateness(signal), ...unhurried }),
  deployments: (search: string) =>
    queryOptions({
      queryKey: ["deployments", search],
      queryFn: ({ signal }) => api.deployments(search, signal),
      ...unhurried,
    }),
  deploymentEffects: (search: string) =>
    queryOptions({
      queryKey: ["deployment-effects", search],
      queryFn: ({ signal }) => api.deploymentEffects(search, signal),
      ...unhurried,
    }),
  history: (name: string, days: number) =>
    queryOptions({
      queryKey: ["history", name, days],
      queryFn: ({ signal }) => api.history(name, days, signal),
      ...unhurried,
    }),
  volume: (name: string) =>
    queryOptions({ queryKey: ["volume", name], queryFn: ({ signal }) => api.volume(name, signal), ...unhurried }),
  sloOfType: (name: string) =>
    queryOptions({
      queryKey: ["slo-of-type", name],
      queryFn: ({ signal }) => api.sloOfType(name, signal),
      ...unhurried,
    }),
  visitor: () => queryOptions({ queryKey: ["visitor"], queryFn: ({ signal }) => api.visitor(signal), ...unhurried }),
  alerts: (search: string) =>
    queryOptions({ queryKey: ["alerts", search], queryFn: ({ signal }) => api.alerts(search, signal) }),
  incidents: (search: string) =>
    queryOptions({ queryKey: ["incidents", search], queryFn: ({ signal }) => api.incidents(search, signal) }),
  incident: (id: string) =>
    queryOptions({ queryKey: ["incident", id], queryFn: ({ signal }) => api.incident(id, signal) }),
  rules: () => queryOptions({ queryKey: ["rules"], queryFn: ({ signal }) => api.rules(signal) }),
  rule: (name: string) => queryOptions({ queryKey: ["rule", name], queryFn: ({ signal }) => api.rule(name, signal) }),
  routesTest: (labels: Record<string, string>) =>
    queryOptions({
      queryKey: ["routes-test", labels],
      queryFn: ({ signal }) => api.testRoutes(labels, signal),
      ...unhurried,
    }),
  silences: (search: string) =>
    queryOptions({ queryKey: ["silences", search], queryFn: ({ signal }) => api.silences(search, signal) }),
  silencePreview: (matchers: string[]) =>
    queryOptions({
      queryKey: ["silence-preview", matchers],
      queryFn: ({ signal }) => api.previewSilence(matchers, signal),
      ...unhurried,
    }),
  channels: () => queryOptions({ queryKey: ["channels"], queryFn: ({ signal }) => api.channels(signal) }),
  channel: (name: string) =>
    queryOptions({ queryKey: ["channel", name], queryFn: ({ signal }) => api.channel(name, signal) }),
  routingTree: () => queryOptions({ queryKey: ["routing-tree"], queryFn: ({ signal }) => api.routingTree(signal) }),
  deliveries: (search: string) =>
    queryOptions({ queryKey: ["deliveries", search], queryFn: ({ signal }) => api.deliveries(search, signal) }),
  delivery: (id: string) =>
    queryOptions({ queryKey: ["delivery", id], queryFn: ({ signal }) => api.delivery(id, signal) }),
  revisions: (name: string, hour: string) =>
    queryOptions({ queryKey: ["revisions", name, hour], queryFn: ({ signal }) => api.revisions(name, hour, signal) }),
  consumers: (name: string) =>
    queryOptions({ queryKey: ["consumers", name], queryFn: ({ signal }) => api.consumers(name, signal) }),
  hourConsumers: (name: string, hour: string) =>
    queryOptions({
      queryKey: ["hour-consumers", name, hour],
      queryFn: ({ signal }) => api.hourConsumers(name, hour, signal),
    }),
};

/** Why the latest refresh failed, in a sentence; null while it works. */
export function failureOf(query: { error: Error | null; isError: boolean; isRefetchError: boolean }): string | null {
  return query.error && (query.isError || query.isRefetchError) ? query.error.message : null;
}
