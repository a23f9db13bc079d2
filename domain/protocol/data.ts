import type { Hour } from "../hour.ts";
import { maxEntries, type Reading, readHourMark, readReport, readWatermark } from "./entries.ts";
import { Fields } from "./fields.ts";
import type { Message } from "./messages.ts";
import { addMonths, maxMonths } from "./months-named.ts";

/** A message's content without its envelope. */
export type Body = Message extends infer Each
  ? Each extends Message
    ? Omit<Each, "source" | "id" | "time">
    : never
  : never;

type ReadBody = (data: Record<string, unknown>, reading: Reading) => Body;

/** CloudEvents `type` → how its data is parsed. */
export const readers: ReadonlyMap<string, ReadBody> = new Map<string, ReadBody>(
  Object.entries({
    "tidemark.counters.v1": readCounters,
    "tidemark.watermark.v1": readWatermarks,
    "tidemark.hour-closed.v1": readHourClosed,
    "tidemark.heartbeat.v1": readHeartbeat,
    "tidemark.deployment.v1": readDeployment,
    "tidemark.backlog.v1": readBacklog,
  } satisfies Record<`tidemark.${Message["kind"]}.v1`, ReadBody>),
);

const at = "/data";

function readCounters(data: Record<string, unknown>, reading: Reading): Body {
  const fields = new Fields(data, at, reading.faults);
  return {
    kind: "counters",
    dc: fields.name("dc"),
    stage: fields.stage("stage"),
    reporter: fields.name("reporter"),
    epoch: fields.countOrNull("epoch") ?? 0,
    final: fields.flag("final"),
    reports: readOfFewMonths(fields, "reports", readReport, reading),
  };
}

function readWatermarks(data: Record<string, unknown>, reading: Reading): Body {
  const fields = new Fields(data, at, reading.faults);
  return { kind: "watermark", dc: fields.name("dc"), marks: readAll(fields, "marks", readWatermark, reading) };
}

function readHourClosed(data: Record<string, unknown>, reading: Reading): Body {
  const fields = new Fields(data, at, reading.faults);
  return { kind: "hour-closed", dc: fields.name("dc"), marks: readOfFewMonths(fields, "marks", readHourMark, reading) };
}

function readHeartbeat(data: Record<string, unknown>, { faults }: Reading): Body {
  const fields = new Fields(data, at, faults);
  return {
    kind: "heartbeat",
    dc: fields.name("dc"),
    component: fields.name("component"),
    instance: fields.name("instance"),
    version: fields.lineOrNull("version"),
    startedAt: fields.instantOrNull("startedAt"),
  };
}

function readDeployment(data: Record<string, unknown>, { faults }: Reading): Body {
  const fields = new Fields(data, at, faults);
  return {
    kind: "deployment",
    dc: fields.nameOrNull("dc"),
    component: fields.name("component"),
    version: fields.line("version"),
    deployedBy: fields.lineOrNull("deployedBy"),
    url: fields.linkOrNull("url"),
  };
}

function readBacklog(data: Record<string, unknown>, { faults }: Reading): Body {
  const fields = new Fields(data, at, faults);
  return {
    kind: "backlog",
    dc: fields.nameOrNull("dc"),
    eventType: fields.name("eventType"),
    stage: fields.stage("stage"),
    oldestAgeSeconds: fields.seconds("oldestAgeSeconds"),
    messages: fields.countOrNull("messages"),
  };
}

type ReadEntry<Entry> = (value: unknown, at: string, index: number, reading: Reading) => Entry | null;

function readAll<Entry>(fields: Fields, key: string, read: ReadEntry<Entry>, reading: Reading): Entry[] {
  const list = fields.list(key, maxEntries);
  const entries: Entry[] = [];
  for (let index = 0; index < list.length && !reading.faults.full; index++) {
    const entry = read(list[index], `${at}/${key}`, index, reading);
    if (entry) entries.push(entry);
  }
  return entries;
}

function readOfFewMonths<Entry extends { hour: Hour }>(
  fields: Fields,
  key: string,
  read: ReadEntry<Entry>,
  reading: Reading,
): Entry[] {
  const entries = readAll(fields, key, read, reading);
  const months = new Set<number>();
  addMonths(months, entries);
  if (months.size <= maxMonths) return entries;
  const must = `must name hours of at most ${maxMonths} months, not ${months.size}: split the message`;
  reading.faults.refuse(`${at}/${key}`, must, entries);
  return [];
}
