import { formatHour, type Hour } from "#domain/hour.ts";
import type { Stage } from "#domain/protocol.ts";

/** A CloudEvent 1.0 as sent. */
export interface CloudEvent {
  specversion: "1.0";
  id: string;
  source: string;
  type: `tidemark.${"counters" | "watermark" | "hour-closed" | "heartbeat" | "deployment" | "backlog"}.v1`;
  time: string;
  datacontenttype: "application/json";
  data: Record<string, unknown>;
}

/** A message and when it is sent. */
export interface Timed {
  at: Date;
  message: CloudEvent;
}

/** The sender and the time. */
export interface Said {
  dc: string;
  instance: string;
  at: Date;
}

export interface ReportData {
  eventType: string;
  hour: string;
  landedHour?: string;
  events: number;
  bytes?: number;
}

/** `about` distinguishes messages of one reporter, stage and instant. */
export function countersMessage(said: Said & { stage: Stage; about: string; reports: ReportData[] }): CloudEvent {
  const { dc, instance, stage, about, reports } = said;
  return message(said, "counters", `${stage}/${about}`, { dc, stage, reporter: `${dc}/${instance}`, reports });
}

export function reportData(
  eventType: string,
  hour: Hour,
  landedHour: Hour,
  events: number,
  bytes?: number,
): ReportData {
  const report: ReportData = { eventType, hour: formatHour(hour), events };
  if (landedHour.getTime() !== hour.getTime()) report.landedHour = formatHour(landedHour);
  if (bytes !== undefined) report.bytes = bytes;
  return report;
}

export function watermarkMessage(
  said: Said & { about: string; marks: { eventType: string; watermark: Date }[] },
): CloudEvent {
  const marks = said.marks.map(({ eventType, watermark }) => ({ eventType, watermark: watermark.toISOString() }));
  return message(said, "watermark", said.about, { dc: said.dc, marks });
}

export function heartbeatMessage(said: Said & { component: string; version: string; startedAt: Date }): CloudEvent {
  const { dc, component, instance, version } = said;
  const data = { dc, component, instance, version, startedAt: said.startedAt.toISOString() };
  return message(said, "heartbeat", component, data);
}

export function deploymentMessage(said: Said & { component: string; version: string; deployedBy: string }): CloudEvent {
  const { dc, component, version, deployedBy } = said;
  const url = `https://deploys.example.com/${dc}/${component}/${version}`;
  return message(said, "deployment", `${component}/${version}`, { dc, component, version, deployedBy, url });
}

export function backlogMessage(
  said: Said & { eventType: string; stage: Stage; oldestAgeSeconds: number; messages: number },
): CloudEvent {
  const { dc, eventType, stage, oldestAgeSeconds, messages } = said;
  return message(said, "backlog", `${stage}/${eventType}`, { dc, eventType, stage, oldestAgeSeconds, messages });
}

function message(said: Said, kind: string, about: string, data: Record<string, unknown>): CloudEvent {
  const time = said.at.toISOString();
  return {
    specversion: "1.0",
    // The same fact always carries the same id, whoever computes it and when.
    id: `${kind}/${about}/${time}`,
    source: `/${said.dc}/${said.instance}`,
    type: `tidemark.${kind}.v1` as CloudEvent["type"],
    time,
    datacontenttype: "application/json",
    data,
  };
}
