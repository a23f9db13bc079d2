import { stringify } from "yaml";
import { backlogAt } from "./backlog.ts";
import { canSpeakAt } from "./reachability.ts";
import type { Lane, Simulation } from "./simulation.ts";
import { watermarkAt } from "./travel.ts";

/** Google Cloud's part of the fleet: nothing there reports these types' watermarks and backlogs; Cloud Monitoring measures them. */
const measuredAt = "gcp-eu";
const measuredTypes: readonly string[] = ["PlaylistEdit", "SearchQuery", "CoverArtChanged"];
const region = "europe-west1";
const sampledMs = 60_000;

export function isMeasured({ type, dc }: Pick<Lane, "type" | "dc">): boolean {
  return dc.name === measuredAt && measuredTypes.includes(type.name);
}

/** Which lanes Google measures, and what it knows of them. */
export interface Measuring {
  lanes: readonly Lane[];
  /** Of the lane's subscription. */
  backlogAt(lane: Lane, at: Date): { oldestAgeSeconds: number; messages: number };
  /** Of the lane's job. */
  watermarkAt(lane: Lane, at: Date): Date;
  /** When the run of the lane's job that is there at the instant began. */
  runSince(lane: Lane, at: Date): Date;
}

const subscriptionOf = ({ type, dc }: Lane) => `deliver.${type.name}.${dc.name}`;
const jobOf = ({ type, dc }: Lane) => `write-${dashed(type.name)}-${dc.name}`;
/** Job names have no capitals. */
const dashed = (eventType: string) => eventType.replace(/(?<=.)(?=[A-Z])/g, "-").toLowerCase();

/** The catalogue's document that maps the subscriptions and jobs to types and datacenters. */
export function sourceYaml(
  project: string,
  { eventTypes = measuredTypes, ...job }: { eventTypes?: readonly string[]; component?: string } = {},
): string {
  return stringify(
    {
      apiVersion: "tidemark/v1",
      kind: "Source",
      metadata: { name: "google-cloud" },
      spec: {
        owner: "platform",
        cloudMonitoring: {
          project,
          subscriptions: [
            { match: "deliver[.](?P<type>[A-Za-z]+)[.](?P<dc>[a-z-]+)", eventType: "$type", datacenter: "$dc" },
          ],
          jobs: eventTypes.map((eventType) => ({
            match: `write-${dashed(eventType)}-(?P<dc>[a-z-]+)`,
            eventType,
            datacenter: "$dc",
            ...job,
          })),
        },
      },
    },
    { lineWidth: 0 },
  );
}

/** A time series in the JSON of Google's REST API. */
export interface TimeSeries {
  metric: { type: string; labels: Record<string, string> };
  resource: { type: string; labels: Record<string, string> };
  points: { interval: { endTime: string }; value: { int64Value: string } | { stringValue: string } }[];
}

/** What Google samples at the whole minutes of (fromAt, at]: nothing of a region while it is silent. */
export function measuredSeries(
  simulation: Simulation,
  fromAt: Date,
  at: Date,
  measuring: Measuring = ofDemo(simulation),
): TimeSeries[] {
  const series: TimeSeries[] = [];
  for (let ms = nextSample(fromAt); ms <= at.getTime(); ms += sampledMs) {
    const sampledAt = new Date(ms);
    for (const lane of measuring.lanes)
      if (canSpeakAt(simulation.incidents, lane.dc.name, null, sampledAt))
        series.push(...samplesOf(lane, sampledAt, measuring));
  }
  return series;
}

/** Of Google Cloud's part of the fleet, in the runs that began with the fleet's first hour. */
function ofDemo(simulation: Simulation): Measuring {
  return {
    lanes: (simulation.lanes.get(measuredAt) ?? []).filter(isMeasured),
    backlogAt: (lane, at) => backlogAt(simulation, lane, "delivered", at),
    watermarkAt: (lane, at) => watermarkAt(simulation, lane, at),
    runSince: () => simulation.startAt,
  };
}

const nextSample = (after: Date) => (Math.floor(after.getTime() / sampledMs) + 1) * sampledMs;

function samplesOf(lane: Lane, at: Date, measuring: Measuring): TimeSeries[] {
  const { oldestAgeSeconds, messages } = measuring.backlogAt(lane, at);
  const watermarkAge = Math.max(0, at.getTime() - measuring.watermarkAt(lane, at).getTime()) / 1000;
  const endTime = at.toISOString();
  const point = (value: TimeSeries["points"][number]["value"]) => [{ interval: { endTime }, value }];
  const count = (value: number) => point({ int64Value: String(Math.round(value)) });
  const subscription = (name: string, value: number): TimeSeries => ({
    metric: { type: `pubsub.googleapis.com/subscription/${name}`, labels: { region } },
    resource: { type: "pubsub_subscription", labels: { subscription_id: subscriptionOf(lane) } },
    points: count(value),
  });
  const job = (
    name: string,
    points: TimeSeries["points"],
    labels = { job_id: jobId(lane, measuring.runSince(lane, at)) },
  ): TimeSeries => ({
    metric: { type: `dataflow.googleapis.com/job/${name}`, labels },
    resource: { type: "dataflow_job", labels: { region, job_name: jobOf(lane) } },
    points,
  });
  return [
    subscription("oldest_unacked_message_age_by_region", oldestAgeSeconds),
    subscription("num_unacked_messages_by_region", messages),
    job("data_watermark_age", count(watermarkAge)),
    job("status", point({ stringValue: "RUNNING" })),
  ];
}

function jobId(lane: Lane, since: Date): string {
  const [date = "", time = ""] = since.toISOString().split(/[T.]/);
  return `${date}_${time.replaceAll(":", "_")}-${dashed(lane.type.name)}`;
}
