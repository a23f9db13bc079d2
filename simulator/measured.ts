import { stringify } from "yaml";
import { backlogOf } from "./backlog.ts";
import { canSpeakAt } from "./reachability.ts";
import type { Lane, Simulation } from "./simulation.ts";
import { watermarkAt } from "./travel.ts";

/** Google Cloud's part of the fleet: nothing there reports these types' watermarks and backlogs; Cloud Monitoring measures them. */
const measuredAt = "gcp-eu";
const jobs: Readonly<Record<string, string>> = {
  PlaylistEdit: "playlist-edit",
  SearchQuery: "search-query",
  CoverArtChanged: "cover-art-changed",
};
const region = "europe-west1";
const sampledMs = 60_000;

export function isMeasured({ type, dc }: Pick<Lane, "type" | "dc">): boolean {
  return dc.name === measuredAt && type.name in jobs;
}

const subscriptionOf = ({ type, dc }: Lane) => `deliver.${type.name}.${dc.name}`;
const jobOf = ({ type, dc }: Lane) => `write-${jobs[type.name]}-${dc.name}`;

/** The catalogue's document that maps the subscriptions and jobs to types and datacenters. */
export function sourceYaml(project: string): string {
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
          jobs: Object.entries(jobs).map(([eventType, name]) => ({
            match: `write-${name}-(?P<dc>[a-z-]+)`,
            eventType,
            datacenter: "$dc",
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

/** What Google samples at the whole minutes of (fromAt, at]: nothing while the region is silent. */
export function measuredSeries(simulation: Simulation, fromAt: Date, at: Date): TimeSeries[] {
  const series: TimeSeries[] = [];
  const lanes = (simulation.lanes.get(measuredAt) ?? []).filter(isMeasured);
  for (let ms = nextSample(fromAt); ms <= at.getTime(); ms += sampledMs) {
    const sampledAt = new Date(ms);
    if (!canSpeakAt(simulation.incidents, measuredAt, null, sampledAt)) continue;
    for (const lane of lanes) series.push(...samplesOf(simulation, lane, sampledAt));
  }
  return series;
}

const nextSample = (after: Date) => (Math.floor(after.getTime() / sampledMs) + 1) * sampledMs;

function samplesOf(simulation: Simulation, lane: Lane, at: Date): TimeSeries[] {
  const { oldestAgeSeconds, messages } = backlogOf(simulation, lane, "delivered", at).data;
  const watermarkAge = Math.max(0, at.getTime() - watermarkAt(simulation, lane, at).getTime()) / 1000;
  const endTime = at.toISOString();
  const point = (value: TimeSeries["points"][number]["value"]) => [{ interval: { endTime }, value }];
  const count = (value: unknown) => point({ int64Value: String(Math.round(Number(value))) });
  const subscription = (name: string, value: unknown): TimeSeries => ({
    metric: { type: `pubsub.googleapis.com/subscription/${name}`, labels: { region } },
    resource: { type: "pubsub_subscription", labels: { subscription_id: subscriptionOf(lane) } },
    points: count(value),
  });
  const job = (
    name: string,
    points: TimeSeries["points"],
    labels = { job_id: jobId(simulation, lane) },
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

/** Of the run that began with the fleet's first hour. */
function jobId({ startAt }: Simulation, lane: Lane): string {
  const [date = "", time = ""] = startAt.toISOString().split(/[T.]/);
  return `${date}_${time.replaceAll(":", "_")}-${jobs[lane.type.name]}`;
}
