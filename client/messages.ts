/** Where events are counted, in the order they pass. */
export type Stage = "produced" | "published" | "delivered";

export interface CountersData {
  dc: string;
  stage: Stage;
  reporter: string;
  epoch?: number;
  /** This reporter ends here: it is no longer expected. */
  final?: boolean;
  reports: {
    eventType: string;
    hour: string;
    landedHour?: string;
    events: number;
    bytes?: number;
    malformed?: number;
  }[];
}
export interface WatermarkData {
  dc: string;
  marks: { eventType: string; watermark: string }[];
}
export interface HourClosedData {
  dc: string;
  marks: { eventType: string; hour: string; location?: string }[];
}
export interface HeartbeatData {
  dc: string;
  component: string;
  instance: string;
  version?: string;
  startedAt?: string;
}
export interface DeploymentData {
  dc?: string;
  component: string;
  version: string;
  deployedBy?: string;
  url?: string;
}
export interface BacklogData {
  dc?: string;
  eventType: string;
  stage: Stage;
  oldestAgeSeconds: number;
  messages?: number;
}

/** A message's CloudEvents `type` and its data, as in schemas/tidemark.schema.json. */
export interface EventData {
  "tidemark.counters.v1": CountersData;
  "tidemark.watermark.v1": WatermarkData;
  "tidemark.hour-closed.v1": HourClosedData;
  "tidemark.heartbeat.v1": HeartbeatData;
  "tidemark.deployment.v1": DeploymentData;
  "tidemark.backlog.v1": BacklogData;
}

export interface CloudEvent<Type extends keyof EventData = keyof EventData> {
  specversion: "1.0";
  type: Type;
  source: string;
  id: string;
  /** When it was observed: the time that verdicts use. */
  time: string;
  data: EventData[Type];
}

/** The name of the UTC hour that contains an instant: 2026-11-22T13. */
export function hourOf(instant: Date): string {
  return instant.toISOString().slice(0, 13);
}
