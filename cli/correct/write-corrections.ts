import { alignColumns } from "#domain/align-columns.ts";
import type { CorrectionJson, CorrectionPreviewJson } from "#domain/api/corrections.ts";
import { minute } from "../print.ts";

/** One line per correction, in columns. */
export function writeCorrections(corrections: readonly CorrectionJson[]): string[] {
  if (corrections.length === 0) return ["No corrections."];
  const rows = corrections.map((each) => [
    each.id,
    each.action,
    each.state,
    scopeOf(each),
    minute(each.createdAt),
    each.createdBy,
    each.reason.replaceAll(/\s+/g, " "),
  ]);
  return alignColumns([["ID", "ACTION", "STATE", "SCOPE", "CREATED", "BY", "REASON"], ...rows]);
}

export function writeCorrection(correction: CorrectionJson): string[] {
  const { id, action, state, affectedHours, observedThrough } = correction;
  const hours = affectedHours === 1 ? "1 hour" : `${affectedHours} hours`;
  const lines = [`Correction ${id} (${action}, ${scopeOf(correction)}) is ${state}. ${hours} affected.`];
  if (observedThrough !== null && correction.undoneAt === null)
    lines.push(`Facts observed up to ${observedThrough} are set aside. Facts observed afterwards count.`);
  if (state === "applying" || state === "undoing")
    lines.push("The correction is being applied. `tidemark correct list` shows when it is done.");
  if (correction.undoneAt === null) lines.push(`Undo it with: npx tidemark correct undo ${id}`);
  return lines;
}

/** The hours that would change, newest first. */
export function writePreview(preview: CorrectionPreviewJson): string[] {
  const { hourCount, hours, consumers, subscriptions } = preview;
  const lines = [
    `${hourCount === 1 ? "1 hour" : `${hourCount} hours`} would be judged again; ${preview.changedStates} of the newest ${hours.length} change.`,
  ];
  if (preview.observedThrough !== null)
    lines.push(`Facts observed up to ${preview.observedThrough} would be set aside.`);
  if (preview.alsoUnknown)
    lines.push("In some hours the datacenter keeps no produced count: it becomes unknown for every event type.");
  if (hours.length > 0) {
    const rows = hours.map(({ eventType, hour, before, after }) => [
      eventType,
      hour,
      change(before.state, after.accepted ? `${after.state}, accepted` : after.state),
      change(before.produced, after.produced),
      change(before.delivered, after.delivered),
      change(before.lost, after.lost),
      change(before.duplicated, after.duplicated),
    ]);
    lines.push(...alignColumns([["TYPE", "HOUR", "STATE", "PRODUCED", "DELIVERED", "LOST", "DUPLICATED"], ...rows]));
  }
  const readers = consumers.filter(({ hoursRead }) => hoursRead > 0);
  lines.push(
    `${consumers.length === 1 ? "1 consumer" : `${consumers.length} consumers`} and ${subscriptions === 1 ? "1 webhook" : `${subscriptions} webhooks`} depend on these types.`,
    ...readers.map(
      ({ name, eventType, hoursRead, contact }) =>
        `  ${name} read ${hoursRead} of these hours of ${eventType} (${contact})`,
    ),
    "Nothing was changed.",
  );
  return lines;
}

function change(before: string | number, after: string | number): string {
  return before === after ? String(after) : `${before} → ${after}`;
}

function scopeOf({ eventType, datacenter, stage, reporter, from, to, after }: CorrectionJson): string {
  const range = from === null && to === null ? null : `${from ?? ""}..${to ?? ""}`;
  return [eventType ?? "every type", datacenter, stage, reporter, range, after && `after ${after}`]
    .filter((part) => part !== null)
    .join(" ");
}
