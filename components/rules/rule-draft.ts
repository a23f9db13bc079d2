import { parse, parseDocument } from "yaml";
import { namesOf, objectOf, type WrittenSpec } from "./rule-words.ts";

export interface RuleDraft {
  name: string;
  spec: WrittenSpec;
}

/** What a rule's document says so far; null: not parsable yet, or of another kind. */
export function readDraft(text: string): RuleDraft | null {
  try {
    const { kind, metadata, spec } = objectOf(parse(text, { logLevel: "silent" }));
    const { name } = objectOf(metadata);
    return kind === "AlertRule" && typeof name === "string" ? { name, spec: objectOf(spec) } : null;
  } catch {
    // Unfinished: the editor reports faults on request.
    return null;
  }
}

/** The document with another threshold; comments and the rest are preserved. */
export function writeThreshold(text: string, threshold: string | number): string {
  const document = parseDocument(text, { logLevel: "silent" });
  document.setIn(["spec", "threshold"], threshold);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

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
