import { parse, parseDocument } from "yaml";
import { namesOf, objectOf, type WrittenSpec } from "./rule-words.ts";

export interface RuleDraft {
  name: string;
  spec: WrittenSpec;
}

/** What a rule's document says so far; null: it cannot be read yet, or is of another kind. */
export function readDraft(text: string): RuleDraft | null {
  try {
    const { kind, metadata, spec } = objectOf(parse(text, { logLevel: "silent" }));
    const { name } = objectOf(metadata);
    return kind === "AlertRule" && typeof name === "string" ? { name, spec: objectOf(spec) } : null;
  } catch {
    // Half written: the editor says what is wrong when asked.
    return null;
  }
}

/** The document with another threshold; comments and the rest stay as they are written. */
export function writeThreshold(text: string, threshold: string | number): string {
  const document = parseDocument(text, { logLevel: "silent" });
  document.setIn(["spec", "threshold"], threshold);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

const mostLabelSets = 8;

/** The labels that its alerts will have for certain: one set for each combination that its scope names. */
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
