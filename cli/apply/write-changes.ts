import type { ApplyResultJson, CatalogueChangeJson } from "#domain/api/catalogue.ts";
import { effectWords } from "#domain/catalogue.ts";

const signs = { create: "+", claim: "+", update: "~", unchanged: "=" } as const;
const done = { create: "created", claim: "claimed", update: "updated", unchanged: "unchanged" } as const;

/** The difference for people: one line per object that changes, one per field, and a closing sentence. */
export function writeChanges({ changes, applied }: ApplyResultJson, dryRun: boolean): string[] {
  const changed = changes.filter((change) => change.action !== "unchanged");
  const lines = changed.flatMap(writeChange);
  const counts = (["create", "claim", "update", "unchanged"] as const)
    .map((action) => ({ action, count: changes.filter((change) => change.action === action).length }))
    .filter(({ count }) => count > 0)
    .map(({ action, count }) => `${count} ${done[action]}`)
    .join(", ");
  if (changed.length === 0) return [`No changes: all ${changes.length} documents match the catalogue.`];
  if (dryRun) return [...lines, `Dry run: ${counts}. Nothing was changed.`];
  return [
    ...lines,
    applied ? `Applied: ${counts}.` : `No changes: the same documents were applied at the same time elsewhere.`,
  ];
}

function writeChange({ kind, name, action, fields, effect }: CatalogueChangeJson): string[] {
  const head = `${signs[action]} ${kind} ${name}${action === "claim" ? " (claimed, was discovered)" : ""}`;
  return [
    head,
    ...fields.map(({ field, from, to }) => `    ${field}: ${from === null ? "" : `${show(from)} → `}${show(to)}`),
    ...(effect ? effectWords(effect, { kind, name }) : []).map((sentence) => `    → ${sentence}`),
  ];
}

function show(value: unknown): string {
  if (value === null) return "(default)";
  return typeof value === "string" ? value : JSON.stringify(value);
}
