import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { namesOf, objectOf } from "./rule-words.ts";

const mostLabelSets = 8;

/** The labels that its alerts are certain to have: one set for each combination named in its scope. */
export function draftLabels(name: string, spec: WrittenSpec): Record<string, string>[] {
  // Which consumers read a type is no label of its alerts.
  const { labels, consumer: _, ...scope } = objectOf(spec.scope);
  const start: Record<string, string>[] = [
    { alertname: name, ...(typeof spec.severity === "string" ? { severity: spec.severity } : {}) },
  ];
  const sets = [...Object.entries(scope), ...Object.entries(objectOf(labels))].reduce(
    (found, [label, values]) =>
      found.flatMap((set) => namesOf(values).map((value) => ({ ...set, [label]: value }))).slice(0, mostLabelSets),
    start,
  );
  return sets.map((set) => ({ ...set, ...(objectOf(spec.labels) as Record<string, string>) }));
}
