import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { readWeekly, type WrittenInterval } from "#domain/silence/weekly.ts";
import { previewRequest, type SilenceDraft } from "./silence-draft.ts";

const fields = ["matchers", "startsAt", "endsAt", "recurrence", "reason"];

/** A silence's draft as the spec of its document: a duration becomes the end that it means now. */
export function writeSilence(draft: SilenceDraft, now: string): WrittenSpec {
  return { ...previewRequest(draft, now), reason: draft.reason };
}

/** The draft that a document's spec says. The API checks the values: what a draft cannot hold at all is a fault. */
export function readSilence(spec: WrittenSpec): SilenceDraft | { fault: string } {
  const { matchers = [], startsAt = null, endsAt = null, recurrence = null, reason = "" } = spec;
  const unknown = Object.keys(spec).find((member) => !fields.includes(member));
  if (unknown !== undefined) return { fault: `spec.${unknown} is not a field of a silence. Use ${fields.join(", ")}.` };
  if (!isListOf(matchers, isText)) return { fault: "spec.matchers must be a list of matchers in quotes." };
  if (!isTextOrNull(startsAt) || !isTextOrNull(endsAt))
    return { fault: "spec.startsAt and spec.endsAt must be instants like 2026-11-22T13:00:00Z." };
  if (!isText(reason)) return { fault: "spec.reason must be text." };
  if (recurrence !== null && !isListOf(recurrence, isInterval))
    return { fault: "spec.recurrence must be a list of time intervals." };
  const weekly = recurrence && readWeekly(recurrence);
  const intervals = weekly === null ? recurrence : null;
  return { matchers, reason, startsAt, howLong: "until", until: endsAt, weekly, intervals };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isInterval = (value: unknown): value is WrittenInterval =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isListOf<Item>(value: unknown, is: (item: unknown) => item is Item): value is Item[] {
  return Array.isArray(value) && value.every(is);
}
