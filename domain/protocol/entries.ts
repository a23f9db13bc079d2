import type { FaultList } from "../fault.ts";
import type { Hour } from "../hour.ts";
import { parseInstant } from "../instant.ts";
import type { HourMark, Report, WatermarkMark } from "./messages.ts";
import { nameRule, readName } from "./names.ts";
import { sayHourIsAhead, sayWatermarkIsAhead } from "./promises.ts";
import {
  countRule,
  holdsData,
  holdsDataRule,
  hourRule,
  instantRule,
  isCount,
  isObject,
  isText,
  readHour,
} from "./values.ts";

/** The limit on entries per message: larger reports must be split. */
export const maxEntries = 100_000;

/** What parsing an entry needs. */
export interface Reading {
  faults: FaultList;
  now: Date;
  /** The message's own time; null if that is itself invalid. */
  time: Date | null;
}

// The hot loop: written by hand (a schema library takes ten times as long); JSON pointers are built for faults only.
export function readReport(value: unknown, at: string, index: number, { faults, now }: Reading): Report | null {
  if (!isObject(value)) return refuse(faults, `${at}/${index}`, "must be an object", value);
  const { eventType, hour, landedHour, events, bytes, malformed } = value;
  const before = faults.faults.length;
  const name = readName(eventType);
  if (name === null) faults.refuse(`${at}/${index}/eventType`, nameRule, eventType);
  if (!isCount(events)) faults.refuse(`${at}/${index}/events`, countRule, events);
  const ofHour = hourMember(hour, at, index, "hour", now, faults);
  const landed = isAbsent(landedHour) ? ofHour : hourMember(landedHour, at, index, "landedHour", now, faults);
  if (!isAbsent(bytes) && !isCount(bytes)) faults.refuse(`${at}/${index}/bytes`, countRule, bytes);
  if (!isAbsent(malformed) && !isCount(malformed)) faults.refuse(`${at}/${index}/malformed`, countRule, malformed);
  if (faults.faults.length > before || faults.full || !ofHour || !landed) return null;
  return {
    eventType: name as string,
    hour: ofHour,
    landedHour: landed,
    events: events as number,
    bytes: (bytes as number | null | undefined) ?? null,
    malformed: (malformed as number | null | undefined) ?? null,
  };
}

export function readWatermark(
  value: unknown,
  at: string,
  index: number,
  { faults, time }: Reading,
): WatermarkMark | null {
  if (!isObject(value)) return refuse(faults, `${at}/${index}`, "must be an object", value);
  const { eventType, watermark } = value;
  const instant = typeof watermark === "string" ? parseInstant(watermark) : null;
  const name = readName(eventType);
  if (name === null) faults.refuse(`${at}/${index}/eventType`, nameRule, eventType);
  if (!instant) faults.refuse(`${at}/${index}/watermark`, instantRule, watermark);
  const ahead = instant && time && sayWatermarkIsAhead(instant, time);
  if (ahead) faults.report(`${at}/${index}/watermark`, ahead);
  return name !== null && instant ? { eventType: name, watermark: instant } : null;
}

export function readHourMark(
  value: unknown,
  at: string,
  index: number,
  { faults, now, time }: Reading,
): HourMark | null {
  if (!isObject(value)) return refuse(faults, `${at}/${index}`, "must be an object", value);
  const { eventType, hour, location } = value;
  const name = readName(eventType);
  if (name === null) faults.refuse(`${at}/${index}/eventType`, nameRule, eventType);
  const ofHour = hourMember(hour, at, index, "hour", now, faults);
  const ahead = ofHour && time && sayHourIsAhead(ofHour, time);
  if (ahead) faults.report(`${at}/${index}/hour`, ahead);
  const place = isAbsent(location) ? null : location;
  if (place !== null && !isText(place, 2_048)) {
    faults.refuse(
      `${at}/${index}/location`,
      "must be a string of 1 to 2048 characters without control characters",
      place,
    );
    return null;
  }
  return name !== null && ofHour ? { eventType: name, hour: ofHour, location: place } : null;
}

function hourMember(value: unknown, at: string, index: number, key: string, now: Date, faults: FaultList): Hour | null {
  const hour = readHour(value);
  if (hour && holdsData(hour, now)) return hour;
  return refuse(faults, `${at}/${index}/${key}`, hour ? holdsDataRule : hourRule, value);
}

/** Null counts as absent: many encoders write absent members so. */
function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function refuse(faults: FaultList, pointer: string, must: string, found: unknown): null {
  faults.refuse(pointer, must, found);
  return null;
}
