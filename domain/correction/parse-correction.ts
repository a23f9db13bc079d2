import { type Fault, FaultList } from "../fault.ts";
import { addHours, type Hour } from "../hour.ts";
import { parseInstant } from "../instant.ts";
import { type Stage, stages } from "../protocol/messages.ts";
import { nameRule, readName } from "../protocol/names.ts";
import { hourRule, instantRule, isObject, readHour } from "../protocol/values.ts";
import { type CorrectionAction, type CorrectionField, correctionActions, correctionKinds } from "./kinds.ts";

/** A correction as its author wrote it; null: any, or without a bound. */
export interface CorrectionDraft {
  action: CorrectionAction;
  eventType: string | null;
  datacenter: string | null;
  stage: Stage | null;
  reporter: string | null;
  /** Included. */
  from: Hour | null;
  /** Excluded. */
  to: Hour | null;
  after: Date | null;
  reason: string;
}

/** The most hours that one correction can cover. */
const maxHours = 400 * 24;
const maxReason = 2_000;

/** Reads the body of a correction; reports each fault by JSON pointer. */
export function parseCorrection(
  body: unknown,
): { ok: true; draft: CorrectionDraft } | { ok: false; faults: readonly Fault[] } {
  const list = new FaultList();
  if (!isObject(body)) {
    list.refuse("", "must be an object", body);
    return { ok: false, faults: list.faults };
  }
  const { action } = body;
  if (!isAction(action)) {
    list.refuse("/action", `must be one of ${correctionActions.join(", ")}`, action);
    return { ok: false, faults: list.faults };
  }
  const { fields, defaultTo } = correctionKinds[action];
  const known: { key: string; omitted?: string }[] = [{ key: "action" }, ...fields, { key: "reason" }];
  for (const key of Object.keys(body)) {
    if (!known.some((each) => each.key === key)) list.refuse(`/${key}`, `is not a field of ${action}`, body[key]);
  }
  const read = <Value>(
    field: CorrectionField | "reason",
    rule: string,
    parse: (value: unknown) => Value | null,
  ): Value | null => {
    const value = body[field] ?? undefined;
    const found = known.find(({ key }) => key === field);
    if (!found || (value === undefined && found.omitted !== undefined)) return null;
    const parsed = value === undefined ? null : parse(value);
    if (parsed === null) list.refuse(`/${field}`, rule, value);
    return parsed;
  };
  const from = read("from", hourRule, readHour);
  const to = read("to", hourRule, readHour) ?? (from && (defaultTo?.(from) ?? null));
  const draft: CorrectionDraft = {
    action,
    eventType: read("eventType", nameRule, readName),
    datacenter: read("datacenter", nameRule, readName),
    stage: read(
      "stage",
      `must be one of ${stages.join(", ")}`,
      (value) => stages.find((stage) => stage === value) ?? null,
    ),
    reporter: read("reporter", nameRule, readName),
    from,
    to,
    after: read("after", instantRule, (value) => (typeof value === "string" ? parseInstant(value) : null)),
    reason: read("reason", `must be a string of 1 to ${maxReason} visible characters`, readReason) ?? "",
  };
  checkRange(list, draft, body.to);
  return list.faults.length === 0 ? { ok: true, draft } : { ok: false, faults: list.faults };
}

function checkRange(list: FaultList, { from, to }: CorrectionDraft, written: unknown): void {
  if (!from || !to) return;
  if (to <= from) list.refuse("/to", "must be later than from. from is included, to is excluded", written);
  if (to > addHours(from, maxHours)) list.refuse("/to", "must be at most 400 days after from", written);
}

function isAction(value: unknown): value is CorrectionAction {
  return correctionActions.some((action) => action === value);
}

// Line breaks are fine in a reason, other control characters are not.
const unreadable = /[^\P{Cc}\n\r\t]/u;

/** null if it has no visible characters. */
export function readReason(value: unknown): string | null {
  if (typeof value !== "string" || !value.isWellFormed() || unreadable.test(value)) return null;
  const reason = value.trim();
  // Format characters and the like alone are invisible.
  const visible = reason.replaceAll(/[\p{C}\p{Z}]/gu, "");
  return visible.length > 0 && reason.length <= maxReason ? reason : null;
}
