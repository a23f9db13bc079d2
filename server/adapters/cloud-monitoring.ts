import { setTimeout as sleep } from "node:timers/promises";
import type { MetricServiceClient, protos } from "@google-cloud/monitoring";
import {
  type CloudMonitoringSpec,
  type Collection,
  collectSeries,
  type KnownReading,
  type MonitoringMetric,
  type MonitoringPoint,
  type MonitoringSeries,
  monitoringMetrics,
  rememberMapped,
  windowStart,
} from "#domain/source.ts";
import { MonitoringAnswers } from "./monitoring-answers.ts";
import { type MonitoringAddress, openMonitoringClient } from "./monitoring-client.ts";

type ITimeSeries = protos.google.monitoring.v3.ITimeSeries;
type Page = protos.google.monitoring.v3.IListTimeSeriesResponse;

interface Look {
  readonly known: ReadonlyMap<string, KnownReading>;
  readonly now: Date;
  readonly signal: AbortSignal;
}

export interface CloudMonitoringReader {
  collect(look: Look): Promise<Collection>;
  close(): Promise<void>;
}

export interface Listed {
  readonly series: readonly MonitoringSeries[];
  readonly problems: readonly string[];
  readonly calls: number;
}

const codes = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unavailable: 14,
  unauthenticated: 16,
};
/** Google's limit, which counts points. */
const pageSize = 100_000;
const mostPages = 50;
const callTimeoutMs = 20_000;
const firstPauseMs = 1_000;
const mostAttempts = 4;

/** Reads a project's subscriptions and jobs: one call a metric for all series, more where an answer has pages. */
export async function openCloudMonitoring(
  spec: CloudMonitoringSpec,
  address: MonitoringAddress,
  answers: MonitoringAnswers<Listed> = new MonitoringAnswers(),
): Promise<CloudMonitoringReader> {
  const client = await openMonitoringClient(address);
  const mappers = { subscription: rememberMapped(spec.subscriptions), job: rememberMapped(spec.jobs) };
  const wanted = monitoringMetrics.filter(({ resource }) =>
    resource === "dataflow_job" ? spec.jobs.length > 0 : spec.subscriptions.length > 0,
  );
  const { project, retention: retentionSeconds } = spec;
  const leave = answers.join(project);
  return {
    async collect({ known, now, signal }) {
      const newest = newestByMetric(known);
      const asked = wanted.map((metric) => {
        const from = windowStart(metric, newest.get(metric.name) ?? null, now);
        return answers.take({ project, metric: metric.name, from, now }, () =>
          listSeries(client, { project, metric, from, to: now, signal }),
        );
      });
      const settled = await Promise.allSettled(asked.map(({ listed }) => listed));
      const failed = settled.flatMap((each) => (each.status === "rejected" ? [each.reason as Error] : []));
      if (failed.length === settled.length && failed[0]) throw failed[0];
      const listed = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      const read = collectSeries(
        listed.flatMap(({ series }) => series),
        { project, retentionSeconds, known, mappers, now },
      );
      const problems = [...failed.map(({ message }) => message), ...listed.flatMap((each) => each.problems)];
      const callsOf = (each: PromiseSettledResult<Listed>) => (each.status === "fulfilled" ? each.value.calls : 1);
      const calls = settled.reduce((sum, each, index) => sum + (asked[index]?.isOwn ? callsOf(each) : 0), 0);
      return { ...read, problems: [...problems, ...read.problems], calls };
    },
    close: () => {
      leave();
      return client.close();
    },
  };
}

interface List {
  readonly project: string;
  readonly metric: MonitoringMetric;
  readonly from: Date;
  readonly to: Date;
  readonly signal: AbortSignal;
}

async function listSeries(client: MetricServiceClient, list: List): Promise<Listed> {
  const { project, metric } = list;
  const parts = new Map<string, { series: Omit<MonitoringSeries, "points">; points: MonitoringPoint[] }>();
  const problems: string[] = [];
  let pageToken = "";
  let calls = 0;
  do {
    const { page, attempts } = await readPage(client, list, pageToken);
    calls += attempts;
    for (const error of page.executionErrors ?? [])
      problems.push(`Google's answer for ${metric.name} may be incomplete: ${error.message || `code ${error.code}`}.`);
    for (const each of page.timeSeries ?? []) {
      // A page may end within a series: the next one has the rest.
      const key = JSON.stringify([each.resource?.labels, each.metric?.labels]);
      const part = parts.get(key) ?? { series: frameOf(each, metric), points: [] };
      parts.set(key, part);
      part.points.push(...(each.points ?? []).flatMap(pointOf));
    }
    pageToken = page.nextPageToken ?? "";
    if (pageToken !== "" && calls >= mostPages) {
      problems.push(`${metric.name} of ${project} has more than ${mostPages} pages of series. The rest is not read.`);
      break;
    }
  } while (pageToken !== "");
  return { series: [...parts.values()].map(({ series, points }) => ({ ...series, points })), problems, calls };
}

/** Retries what Google asks to retry, with growing pauses, for as long as the collection may take. */
async function readPage(
  client: MetricServiceClient,
  list: List,
  pageToken: string,
): Promise<{ page: Page; attempts: number }> {
  const { project, metric, from, to, signal } = list;
  const request = {
    name: `projects/${project}`,
    filter: `metric.type = "${metric.prefix}${metric.name}" AND resource.type = "${metric.resource}" AND resource.labels.project_id = "${project}"`,
    interval: { startTime: timestamp(from), endTime: timestamp(to) },
    view: "FULL" as const,
    pageSize,
    pageToken,
  };
  for (let attempts = 1; ; attempts += 1) {
    signal.throwIfAborted();
    try {
      const [series, , page] = await client.listTimeSeries(request, {
        autoPaginate: false,
        retry: null,
        timeout: callTimeoutMs,
      });
      return { page: { ...page, timeSeries: series }, attempts };
    } catch (error) {
      const { code } = error as { code?: number };
      // No series of the metric was ever written: an answer, and an empty one.
      if (code === codes.notFound) return { page: {}, attempts };
      const mayPass = code === codes.resourceExhausted || code === codes.unavailable;
      if (!mayPass || attempts >= mostAttempts) throw new Error(sentenceOf(error as Error & { code?: number }, list));
      await sleep(firstPauseMs * 2 ** (attempts - 1), undefined, { signal }).catch(() => undefined);
    }
  }
}

function sentenceOf({ code, message }: { code?: number; message: string }, { project, metric }: List): string {
  const said = message.slice(0, 300);
  if (code === codes.permissionDenied || code === codes.unauthenticated)
    return `Google refused to list ${metric.name} of project ${project}: ${said} Give Tidemark's service account roles/monitoring.viewer on the project.`;
  if (code === codes.resourceExhausted)
    return `The quota of Cloud Monitoring is used up while reading ${metric.name} of ${project}: ${said} Raise it, or stop other readers.`;
  return `${metric.name} of project ${project} could not be read: ${said}`;
}

function frameOf({ resource, metric: typed }: ITimeSeries, metric: MonitoringMetric): Omit<MonitoringSeries, "points"> {
  const labels = resource?.labels ?? {};
  const own = typed?.labels ?? {};
  return {
    metric,
    project: labels.project_id ?? "",
    id: (metric.resource === "dataflow_job" ? labels.job_name : labels.subscription_id) ?? "",
    region: (metric.resource === "dataflow_job" ? labels.region : own.region) ?? null,
    jobId: own.job_id ?? null,
  };
}

function pointOf({ interval, value }: protos.google.monitoring.v3.IPoint): MonitoringPoint[] {
  const { seconds, nanos } = interval?.endTime ?? {};
  if (seconds == null) return [];
  const at = new Date(Number(seconds) * 1000 + Math.floor((nanos ?? 0) / 1e6));
  return Number.isNaN(at.getTime()) ? [] : [{ at, value: readValue(value ?? {}) }];
}

/** null: no number that JavaScript holds exactly. */
function readValue(value: protos.google.monitoring.v3.ITypedValue): number | string | null {
  if (typeof value.stringValue === "string" && value.stringValue !== "") return value.stringValue;
  const found = value.int64Value ?? value.doubleValue ?? value.boolValue;
  const number = found === null || found === undefined ? Number.NaN : Number(found);
  return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : null;
}

function newestByMetric(known: ReadonlyMap<string, KnownReading>): Map<string, Date> {
  const newest = new Map<string, Date>();
  for (const { name } of monitoringMetrics) {
    for (const [key, { at }] of known) {
      const before = newest.get(name);
      if (key.includes(`/${name}/`) && (!before || at > before)) newest.set(name, at);
    }
  }
  return newest;
}

function timestamp(instant: Date): { seconds: number; nanos: number } {
  const ms = instant.getTime();
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}
