import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { namesOf, objectOf } from "./rule-words.ts";

const mostLabelSets = 8;

/** The labels that its alerts are certain to have: one set for each combination named in its scope. */
export function draftLabels(name: string, spec: WrittenSpec): Record<string, string>[] {
  const { labels, ...scope } = objectOf(spec.scope);
  const start: Record<string, string>[] = [
    { alertname: name, ...(typeof spec.severity === "string" ? { severity: spec.severity } : {}) },
  ];
  return [...Object.entries(scope), ...Object.entries(objectOf(labels))].reduce(
    (sets, [label, values]) =>
      sets.flatMap((set) => namesOf(values).map((value) => ({ ...set, [label]: value }))).slice(0, mostLabelSets),
    start,
  );
}
