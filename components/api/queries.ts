import { queryOptions } from "@tanstack/react-query";
import type { FetchResponse } from "openapi-fetch";
import type { paths } from "#domain/api/paths.ts";
import type { LagHours } from "#domain/lag-hours.ts";
import { answerOf, api, type ListJson } from "./client.ts";

/** Queries that read weeks of data, or change slowly: refetched on a timer, whatever changes meanwhile. */
const unhurried = { refetchInterval: 60_000, staleTime: 50_000, meta: { unhurried: true } } as const;
const lively = { ...unhurried, refetchInterval: 20_000 } as const;

type ReadPath = Parameters<typeof api.GET>[0];
type Reading<Path extends ReadPath> = paths[Path] extends { get: infer Get extends { parameters: unknown } }
  ? Get
  : never;
type Params<Path extends ReadPath> = Reading<Path>["parameters"];
type PathParams<Path extends ReadPath> = Params<Path> extends { path?: infer InPath } ? InPath : never;
type Answer<Path extends ReadPath> = NonNullable<FetchResponse<Reading<Path>, object, "application/json">["data"]>;

function answerTo<Path extends ReadPath>(path: Path, init: object) {
  return answerOf(api.GET(path, init as never) as Promise<{ data?: Answer<Path> }>);
}

/** A query of one path, by a key for every place that shows the answer. */
export function read<Path extends ReadPath>(
  queryKey: readonly unknown[],
  path: Path,
  params: Params<Path>,
  options: object = {},
) {
  return queryOptions({ queryKey, queryFn: ({ signal }) => answerTo(path, { params, signal }), ...options });
}

/** A query whose parameters are a page's own search. */
export function readSearch<Path extends ReadPath>(key: string, path: Path, search: string, options: object = {}) {
  return queryOptions({
    queryKey: [key, search],
    queryFn: ({ signal }) => answerTo(path, { querySerializer: () => search, signal }),
    ...options,
  });
}

/** A query of a whole list: follows nextCursor to the end. */
export function readAll<Path extends ReadPath>(
  queryKey: readonly unknown[],
  path: Path,
  params: { path?: PathParams<Path>; query?: object } = {},
  options: object = {},
) {
  const queryFn = async ({ signal }: { signal: AbortSignal }) => {
    const readPage = (cursor: { cursor?: string }) =>
      answerTo(path, { params: { ...params, query: { ...params.query, limit: 500, ...cursor } }, signal });
    const list: ListJson<unknown> = await readPage({});
    while (list.nextCursor !== null) {
      const page: ListJson<unknown> = await readPage({ cursor: list.nextCursor });
      list.items.push(...page.items);
      list.nextCursor = page.nextCursor;
    }
    return list as Answer<Path>;
  };
  return queryOptions({ queryKey, queryFn, ...options });
}

/** The last hours, or from an instant to another. */
interface LagQuery {
  hours?: LagHours;
  from?: string;
  to?: string;
}

export const queries = {
  audit: (search: string) => readSearch("audit", "/audit", search),
  status: () => read(["status"], "/status", {}),
  statusHistory: () => read(["status-history"], "/status/history", {}, unhurried),
  board: () => read(["board"], "/board/compact", {}),
  /** The figures of the whole board without its rows. */
  boardSummary: () => read(["board-summary"], "/board/compact", { query: { limit: 0 } }),
  matrix: (range: { from: string; to?: string }) =>
    read(["matrix", range.from, range.to ?? "now"], "/matrix", { query: range }, unhurried),
  datacenters: () => readAll(["datacenters"], "/datacenters"),
  eventTypes: () => readAll(["event-types"], "/event-types"),
  eventType: (name: string) => read(["event-type", name], "/event-types/{name}", { path: { name } }),
  hours: (name: string, range: { from: string; to: string }) =>
    read(["hours", name, range.from, range.to], "/event-types/{name}/hours", {
      path: { name },
      query: { ...range, limit: 500 },
    }),
  readiness: (query: { eventTypes: string; day: string; zone: string }) =>
    read(["readiness", query.eventTypes, query.day, query.zone], "/readiness", { query }),
  verdict: (name: string, hour: string) =>
    read(["verdict", name, hour], "/event-types/{name}/hours/{hour}", { path: { name, hour } }),
  /** Current problems of all types, grouped by what they share. */
  fleetExplanation: () => read(["fleet-explanation"], "/explanation", {}, lively),
  explanation: (name: string, hour: string) =>
    read(["explanation", name, hour], "/event-types/{name}/hours/{hour}/explanation", { path: { name, hour } }, lively),
  skew: (name: string, hour: string) =>
    read(["skew", name, hour], "/event-types/{name}/hours/{hour}/skew", { path: { name, hour } }, unhurried),
  progress: (name: string, hour: string) =>
    read(["progress", name, hour], "/event-types/{name}/hours/{hour}/progress", { path: { name, hour } }, unhurried),
  lagHistory: (name: string, range: LagQuery) =>
    read(["lag-history", name, range], "/datacenters/{name}/lag", { path: { name }, query: range }, lively),
  typeLag: (name: string, range: LagQuery) =>
    read(["type-lag", name, range], "/event-types/{name}/lag", { path: { name }, query: range }, lively),
  datacenter: (name: string) => read(["datacenter", name], "/datacenters/{name}", { path: { name } }),
  lanes: (name: string) => read(["lanes", name], "/datacenters/{name}/lanes", { path: { name } }),
  lateness: () => read(["lateness"], "/lateness", {}, unhurried),
  deployments: (search: string) => readSearch("deployments", "/deployments", search, unhurried),
  deploymentEffects: (search: string) => readSearch("deployment-effects", "/deployment-effects", search, unhurried),
  runningVersions: (search: string) => readSearch("running-versions", "/deployments/running", search, unhurried),
  history: (name: string, days: number) =>
    read(["history", name, days], "/event-types/{name}/history", { path: { name }, query: { days } }, unhurried),
  volume: (name: string) => read(["volume", name], "/event-types/{name}/volume", { path: { name } }, unhurried),
  sloOfType: (eventType: string) =>
    read(["slo-of-type", eventType], "/slo/attainment", { query: { eventType } }, unhurried),
  visitor: () => read(["visitor"], "/session", {}, unhurried),
  alerts: (search: string) => readSearch("alerts", "/alerts", search),
  incidents: (search: string) => readSearch("incidents", "/incidents", search),
  incident: (id: string) => read(["incident", id], "/incidents/{id}", { path: { id } }),
  /** In a range; null: from before the onset until after the end. */
  incidentSeries: (id: string, { from, to }: { from: string | null; to: string | null }) =>
    read(
      ["incident-series", id, from, to],
      "/incidents/{id}/series",
      { path: { id }, query: { ...(from !== null && { from }), ...(to !== null && { to }) } },
      lively,
    ),
  rules: () => readAll(["rules"], "/rules"),
  rule: (name: string) => read(["rule", name], "/rules/{name}", { path: { name } }),
  ruleStanding: (name: string) => read(["rule-standing", name], "/rules/{name}/standing", { path: { name } }, lively),
  /** Where alerts with these labels would go, in the stored tree or in a draft. */
  routesTest: (labels: Record<string, string>, tree?: object) =>
    queryOptions({
      queryKey: ["routes-test", labels, tree],
      queryFn: ({ signal }) =>
        answerOf(api.POST("/routes/test", { body: { labels, ...(tree && { tree: tree as never }) }, signal })),
      ...unhurried,
    }),
  silences: (search: string) => readSearch("silences", "/silences", search),
  /** All that concern an incident and are not over. */
  silencesOf: (incident: string) => readAll(["silences", "of", incident], "/silences", { query: { incident } }),
  silencePreview: (draft: { matchers: string[] }) =>
    queryOptions({
      queryKey: ["silence-preview", draft],
      queryFn: ({ signal }) => answerOf(api.POST("/silences/preview", { body: draft, signal })),
      ...unhurried,
    }),
  channels: () => readAll(["channels"], "/channels"),
  sources: () => readAll(["sources"], "/sources", {}, lively),
  source: (name: string) => read(["source", name], "/sources/{name}", { path: { name } }, lively),
  sourceResources: (name: string, mapped: boolean, cursor?: string) =>
    read(
      ["source-resources", name, mapped, cursor ?? ""],
      "/sources/{name}/resources",
      {
        path: { name },
        query: { limit: 50, mapped: mapped ? "true" : "false", ...(cursor !== undefined && { cursor }) },
      },
      lively,
    ),
  onCallSchedules: () => readAll(["on-call-schedules"], "/on-call-schedules"),
  onCallSchedule: (name: string) => read(["on-call-schedule", name], "/on-call-schedules/{name}", { path: { name } }),
  onCallShifts: (name: string, range: { from: string; to: string }) =>
    read(["on-call-shifts", name, range.from, range.to], "/on-call-schedules/{name}/shifts", {
      path: { name },
      query: range,
    }),
  onCallOverrides: (name: string) =>
    read(["on-call-overrides", name], "/on-call-schedules/{name}/overrides", { path: { name } }),
  channel: (name: string) => read(["channel", name], "/channels/{name}", { path: { name } }),
  routingTree: () => read(["routing-tree"], "/routing-tree", {}),
  deliveries: (search: string) => readSearch("deliveries", "/deliveries", search),
  delivery: (id: string) => read(["delivery", id], "/deliveries/{id}", { path: { id } }),
  revisions: (name: string, hour: string) =>
    read(["revisions", name, hour], "/event-types/{name}/hours/{hour}/revisions", {
      path: { name, hour },
      query: { limit: 500 },
    }),
  consumers: (name: string) => readAll(["consumers", name], "/event-types/{name}/consumers", { path: { name } }),
  hourConsumers: (name: string, hour: string) =>
    readAll(["hour-consumers", name, hour], "/event-types/{name}/hours/{hour}/consumers", { path: { name, hour } }),
};

/** What shows silences, or what they mute. */
export const silenceKeys = [["silences"], ["incident"]];

/** What a change of a schedule or of its overrides changes. */
export const onCallKeys = (schedule: string) => [
  ["on-call-schedules"],
  ["on-call-schedule", schedule],
  ["on-call-shifts", schedule],
  ["on-call-overrides", schedule],
];

/** Why the latest refresh failed, in a sentence; null while it works. */
export function failureOf(query: { error: Error | null; isError: boolean; isRefetchError: boolean }): string | null {
  return query.error && (query.isError || query.isRefetchError) ? query.error.message : null;
}
