import type { protos } from "@google-cloud/monitoring";
import { labelDescriptions } from "#domain/metric-export/exported-metrics.ts";
import type { ExportedMetric, ExportPoint } from "#domain/metric-export.ts";
import { type MonitoringAddress, openMonitoringClient } from "./monitoring-client.ts";

export interface MetricWriterOptions extends MonitoringAddress {
  project: string;
  /** Distinguishes installations that write to one project. */
  namespace: string;
}

export interface MetricWriter {
  /** Creates the descriptors that are missing, and updates those that differ. */
  describe(metrics: readonly ExportedMetric[]): Promise<void>;
  /** At most `maxSeries` points, one a series. Throws a sentence if none could be written. */
  write(points: readonly ExportPoint[], at: Date): Promise<WriteOutcome>;
  close(): Promise<void>;
}

export interface WriteOutcome {
  refused: number;
  /** Why, in Google's words. */
  reasons: string[];
}

/** A request holds no more. */
export const maxSeries = 200;
const prefix = "custom.googleapis.com/tidemark/";
const callTimeoutMs = 10_000;

type Descriptor = protos.google.api.IMetricDescriptor;

/** Writes custom metrics to Cloud Monitoring, as the one task `tidemark` of the namespace. */
export async function openMetricWriter(options: MetricWriterOptions): Promise<MetricWriter> {
  const client = await openMonitoringClient(options);
  const { project, namespace } = options;
  const name = `projects/${project}`;
  const labels = { project_id: project, location: "global", namespace, job: "tidemark", task_id: "export" };
  const resource = { type: "generic_task", labels };
  const call = { timeout: callTimeoutMs };
  return {
    async describe(metrics) {
      try {
        const filter = `metric.type = starts_with("${prefix}")`;
        const [existing] = await client.listMetricDescriptors({ name, filter }, call);
        const byType = new Map(existing.map((each) => [each.type, each]));
        for (const metric of metrics) {
          const wanted = descriptorOf(metric);
          if (isSame(byType.get(wanted.type), wanted)) continue;
          await client.createMetricDescriptor({ name, metricDescriptor: wanted }, call);
        }
      } catch (error) {
        throw new Error(sentenceOf(error, project));
      }
    },
    async write(points, at) {
      const endTime = { seconds: Math.floor(at.getTime() / 1000), nanos: at.getMilliseconds() * 1_000_000 };
      const timeSeries = points.map(({ metric, labels, value }) => ({
        metric: { type: prefix + metric.name, labels },
        resource,
        metricKind: "GAUGE" as const,
        valueType: metric.valueType,
        points: [
          {
            interval: { endTime },
            value: metric.valueType === "INT64" ? { int64Value: Math.round(value) } : { doubleValue: value },
          },
        ],
      }));
      try {
        await client.createTimeSeries({ name, timeSeries }, call);
        return { refused: 0, reasons: [] };
      } catch (error) {
        const partial = partialOutcome(error);
        if (partial !== null) return partial;
        throw new Error(sentenceOf(error, project));
      }
    },
    close: () => client.close(),
  };
}

function descriptorOf(metric: ExportedMetric) {
  return {
    type: prefix + metric.name,
    metricKind: "GAUGE" as const,
    valueType: metric.valueType,
    unit: metric.unit,
    displayName: `Tidemark: ${metric.displayName}`,
    description: metric.description,
    labels: metric.labels.map((key) => ({ key, valueType: "STRING" as const, description: labelDescriptions[key] })),
  };
}

function isSame(existing: Descriptor | undefined, wanted: ReturnType<typeof descriptorOf>): boolean {
  if (existing === undefined) return false;
  const keys = new Set(existing.labels?.map(({ key }) => key));
  return (
    existing.unit === wanted.unit &&
    existing.description === wanted.description &&
    existing.displayName === wanted.displayName &&
    wanted.labels.every(({ key }) => keys.has(key))
  );
}

interface Summary {
  totalPointCount?: number;
  successPointCount?: number;
  errors?: { status?: { message?: string }; pointCount?: number }[];
}

/** Google wrote what it could and says how much: not a failure of the call. null: it is one. */
function partialOutcome(error: unknown): WriteOutcome | null {
  const { statusDetails } = error as { statusDetails?: Summary[] };
  const summary = Array.isArray(statusDetails)
    ? statusDetails.find(({ totalPointCount }) => totalPointCount !== undefined)
    : undefined;
  if (summary?.totalPointCount === undefined) return null;
  const reasons = (summary.errors ?? []).map(({ status }) => status?.message || "no reason given");
  return { refused: summary.totalPointCount - (summary.successPointCount ?? 0), reasons };
}

const advice: Record<number, string> = {
  4: "Google did not answer in time.",
  5: "Check TIDEMARK_MONITORING_EXPORT_PROJECT.",
  7: "Grant Tidemark's service account roles/monitoring.metricWriter on the project.",
  8: "The project's quota is used up: raise it, or lower TIDEMARK_MONITORING_EXPORT_EVENT_TYPES.",
  14: "Cloud Monitoring cannot be reached.",
  16: "Give Tidemark credentials of a service account (GOOGLE_APPLICATION_CREDENTIALS, or those of the machine).",
};

function sentenceOf(error: unknown, project: string): string {
  const { code, details, message } = error as { code?: number; details?: string; message?: string };
  const said = (details || message || String(error)).slice(0, 500);
  const next = typeof code === "number" ? advice[code] : advice[16];
  return `Project ${project}: ${said}${/[.!?]$/.test(said) ? "" : "."}${next ? ` ${next}` : ""}`;
}
