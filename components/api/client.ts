import type { AlertJson, IncidentJson, IncidentSummaryJson, RuleJson } from "#domain/api/alerts.ts";
import type { CompactBoardJson, StatusJson } from "#domain/api/board.ts";
import type { DatacenterJson, DeploymentJson, EventTypeJson } from "#domain/api/catalogue.ts";
import type { ConsumerJson, HourConsumerJson } from "#domain/api/consumers.ts";
import type { DeliveryDetailJson, DeliveryJson } from "#domain/api/deliveries.ts";
import type { DeploymentEffectListJson } from "#domain/api/deployment-effect.ts";
import type { ExplanationJson, FleetExplanationJson } from "#domain/api/explanation.ts";
import type { HistoryJson } from "#domain/api/history.ts";
import type { ProgressJson, SkewJson } from "#domain/api/hour-evidence.ts";
import type { LanesJson, LatenessJson } from "#domain/api/lateness.ts";
import type { MatrixJson } from "#domain/api/matrix.ts";
import type { RangeReadinessJson } from "#domain/api/ready.ts";
import type { ChannelJson, RoutesTestJson, RoutingTreeJson } from "#domain/api/routing.ts";
import type { SilenceJson, SilencePreviewJson } from "#domain/api/silences.ts";
import type { SloAttainmentJson } from "#domain/api/slo.ts";
import type { RevisionJson, VerdictJson, VerdictSummaryJson } from "#domain/api/verdict.ts";
import type { VolumeJson } from "#domain/api/volume.ts";
import type { CatalogueEffect } from "#domain/catalogue/effect.ts";

export interface ListJson<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The visitor's identity, and what the pages may do on their behalf. */
export interface VisitorJson {
  actor: string;
  scopes: string[];
}

/** What applying a document changes; `from` and `to` as written in files, null: absent. */
export interface CatalogueChangeJson {
  kind: string;
  name: string;
  action: "create" | "claim" | "update" | "unchanged";
  fields: { field: string; from: unknown; to: unknown }[];
  /** For a dry run. */
  effect?: CatalogueEffect | null;
}

/** The API refused, or did not answer (status 0). Its message can be shown to users. */
export class ApiProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const timeoutMs = 20_000;
/** A test of a channel is answered within 20 s. */
const testTimeoutMs = 30_000;

/** The pages' API calls. The browser's session cookie is sent; every call can be aborted. */
export const api = {
  status: (signal: AbortSignal) => get<StatusJson>("/status", signal),
  board: (signal: AbortSignal) => get<CompactBoardJson>("/board/compact", signal),
  matrix: (range: { from: string; to?: string }, signal: AbortSignal) =>
    get<MatrixJson>(`/matrix?from=${range.from}${range.to ? `&to=${range.to}` : ""}`, signal),
  /** The figures of the whole board without its rows. */
  boardSummary: (signal: AbortSignal) => get<CompactBoardJson>("/board/compact?limit=0", signal),
  /** Current problems of all types, grouped by what they share. */
  fleetExplanation: (signal: AbortSignal) => get<FleetExplanationJson>("/explanation", signal),
  datacenters: (signal: AbortSignal) => allPages<ListJson<DatacenterJson>>("/datacenters?limit=500", signal),
  eventTypes: (signal: AbortSignal) => allPages<ListJson<EventTypeJson>>("/event-types?limit=500", signal),
  eventType: (name: string, signal: AbortSignal) => get<EventTypeJson>(typePath(name), signal),
  hours: (name: string, range: { from: string; to: string }, signal: AbortSignal) =>
    get<ListJson<VerdictSummaryJson>>(`${typePath(name)}/hours?from=${range.from}&to=${range.to}&limit=500`, signal),
  readiness: (asked: { eventTypes: string; day: string; zone: string }, signal: AbortSignal) =>
    get<RangeReadinessJson>(`/readiness?${new URLSearchParams(asked)}`, signal),
  verdict: (name: string, hour: string, signal: AbortSignal) => get<VerdictJson>(hourPath(name, hour), signal),
  explanation: (name: string, hour: string, signal: AbortSignal) =>
    get<ExplanationJson>(`${hourPath(name, hour)}/explanation`, signal),
  skew: (name: string, hour: string, signal: AbortSignal) => get<SkewJson>(`${hourPath(name, hour)}/skew`, signal),
  progress: (name: string, hour: string, signal: AbortSignal) =>
    get<ProgressJson>(`${hourPath(name, hour)}/progress`, signal),
  lateness: (signal: AbortSignal) => get<LatenessJson>("/lateness", signal),
  datacenter: (name: string, signal: AbortSignal) =>
    get<DatacenterJson>(`/datacenters/${encodeURIComponent(name)}`, signal),
  lanes: (name: string, signal: AbortSignal) =>
    get<LanesJson>(`/datacenters/${encodeURIComponent(name)}/lanes`, signal),
  deployments: (search: string, signal: AbortSignal) => get<ListJson<DeploymentJson>>(`/deployments?${search}`, signal),
  deploymentEffects: (search: string, signal: AbortSignal) =>
    get<DeploymentEffectListJson>(`/deployment-effects?${search}`, signal),
  history: (name: string, days: number, signal: AbortSignal) =>
    get<HistoryJson>(`${typePath(name)}/history?days=${days}`, signal),
  volume: (name: string, signal: AbortSignal) => get<VolumeJson>(`${typePath(name)}/volume`, signal),
  sloOfType: (name: string, signal: AbortSignal) =>
    get<SloAttainmentJson>(`/slo/attainment?eventType=${encodeURIComponent(name)}`, signal),
  /** Catalogue documents in YAML: what they would change, or have changed. */
  applyCatalogue: (text: string, { dryRun }: { dryRun: boolean }) =>
    call<{ changes: CatalogueChangeJson[]; applied: boolean }>(`/catalogue?dryRun=${dryRun}`, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/yaml" },
      body: text,
    }),
  visitor: (signal: AbortSignal) => get<VisitorJson>("/session", signal),
  alerts: (search: string, signal: AbortSignal) => get<ListJson<AlertJson>>(`/alerts?${search}`, signal),
  incidents: (search: string, signal: AbortSignal) =>
    get<ListJson<IncidentSummaryJson>>(`/incidents?${search}`, signal),
  incident: (id: string, signal: AbortSignal) => get<IncidentJson>(`/incidents/${encodeURIComponent(id)}`, signal),
  /** Acknowledge, note, assign or resolve: returns the incident as of then. */
  actOnIncident: (id: string, act: string, body: object) =>
    send<IncidentJson>("POST", `/incidents/${encodeURIComponent(id)}/${act}`, body),
  rules: (signal: AbortSignal) => allPages<ListJson<RuleJson>>("/rules?limit=500", signal),
  rule: (name: string, signal: AbortSignal) => get<RuleJson>(`/rules/${encodeURIComponent(name)}`, signal),
  deleteRule: (name: string) => send<void>("DELETE", `/rules/${encodeURIComponent(name)}`),
  /** Where alerts with these labels would go. */
  testRoutes: (labels: Record<string, string>, signal: AbortSignal) =>
    send<RoutesTestJson>("POST", "/routes/test", { labels }, { signal }),
  silences: (search: string, signal: AbortSignal) => get<ListJson<SilenceJson>>(`/silences?${search}`, signal),
  previewSilence: (matchers: string[], signal: AbortSignal) =>
    send<SilencePreviewJson>("POST", "/silences/preview", { matchers }, { signal }),
  createSilence: (body: object) => send<SilenceJson>("POST", "/silences", body),
  expireSilence: (id: string) => send<void>("DELETE", `/silences/${encodeURIComponent(id)}`),
  channels: (signal: AbortSignal) => allPages<ListJson<ChannelJson>>("/channels?limit=500", signal),
  channel: (name: string, signal: AbortSignal) => get<ChannelJson>(`/channels/${encodeURIComponent(name)}`, signal),
  deleteChannel: (name: string) => send<void>("DELETE", `/channels/${encodeURIComponent(name)}`),
  /** Returns the result of the one attempt, or that it is still waiting. */
  testChannel: (name: string) =>
    send<DeliveryDetailJson>("POST", `/channels/${encodeURIComponent(name)}/test`, undefined, {
      waitMs: testTimeoutMs,
    }),
  /** Last month's service-level digest, through a channel that sends digests: answered like a test. */
  sendDigestNow: (name: string) =>
    send<DeliveryDetailJson>("POST", `/channels/${encodeURIComponent(name)}/digest`, undefined, {
      waitMs: testTimeoutMs,
    }),
  routingTree: (signal: AbortSignal) => get<RoutingTreeJson>("/routing-tree", signal),
  deliveries: (search: string, signal: AbortSignal) => get<ListJson<DeliveryJson>>(`/deliveries?${search}`, signal),
  delivery: (id: string, signal: AbortSignal) =>
    get<DeliveryDetailJson>(`/deliveries/${encodeURIComponent(id)}`, signal),
  replayDelivery: (id: string) => send<void>("POST", `/deliveries/${encodeURIComponent(id)}/replay`),
  revisions: (name: string, hour: string, signal: AbortSignal) =>
    get<ListJson<RevisionJson>>(`${hourPath(name, hour)}/revisions?limit=500`, signal),
  consumers: (name: string, signal: AbortSignal) =>
    allPages<ListJson<ConsumerJson>>(`${typePath(name)}/consumers?limit=500`, signal),
  hourConsumers: (name: string, hour: string, signal: AbortSignal) =>
    allPages<ListJson<HourConsumerJson>>(`${hourPath(name, hour)}/consumers?limit=500`, signal),
};

function typePath(name: string): string {
  return `/event-types/${encodeURIComponent(name)}`;
}

function hourPath(name: string, hour: string): string {
  return `${typePath(name)}/hours/${hour}`;
}

/** Follows nextCursor to the end; other figures come from the first page. */
export async function allPages<List extends ListJson<unknown>>(path: string, signal: AbortSignal): Promise<List> {
  const list = await get<List>(path, signal);
  while (list.nextCursor !== null) {
    const page = await get<List>(`${path}&cursor=${encodeURIComponent(list.nextCursor)}`, signal);
    list.items.push(...page.items);
    list.nextCursor = page.nextCursor;
  }
  return list;
}

export function get<Body>(path: string, signal: AbortSignal): Promise<Body> {
  return call<Body>(path, { headers: { accept: "application/json" }, signal });
}

interface CallOptions {
  signal?: AbortSignal;
  /** How long an answer may take; default 20 s. */
  waitMs?: number;
}

/** Changes something. The session must have the scope for it, and the API accepts it from our own pages only. */
export function send<Body>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: object,
  { signal, waitMs }: CallOptions = {},
): Promise<Body> {
  const headers = { accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) };
  const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}), ...(signal ? { signal } : {}) };
  return call<Body>(path, init, waitMs);
}

async function call<Body>(path: string, init: RequestInit, waitMs = timeoutMs): Promise<Body> {
  const response = await fetch(`/api/v1${path}`, {
    ...init,
    signal: AbortSignal.any([...(init.signal ? [init.signal] : []), AbortSignal.timeout(waitMs)]),
  }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiProblem(0, "Tidemark is unreachable. Check the network, and whether Tidemark is running.");
  });
  if (!response.ok) throw new ApiProblem(response.status, await readDetail(response));
  // Accepted and no-content answers have no body.
  return ([202, 204].includes(response.status) ? undefined : await response.json()) as Body;
}

async function readDetail(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => null);
  const { detail, title, errors } = (problem ?? {}) as { detail?: unknown; title?: unknown; errors?: unknown };
  const said = [detail, title].find((text) => typeof text === "string");
  return [said ? String(said) : `Tidemark answered ${response.status}.`, ...faultLines(errors)].join("\n");
}

/** Each fault of an input, by its pointer. */
function faultLines(errors: unknown): string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((fault: { pointer?: string; parameter?: string; detail?: string }) =>
    `${fault.pointer ?? fault.parameter ?? ""} ${fault.detail ?? ""}`.trim(),
  );
}
