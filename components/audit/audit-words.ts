import { capitalize } from "#components/ui/words.ts";
import type { AuditEntryJson } from "#domain/api/audit.ts";

/** `sign_in.refused` as “Sign-in refused”. */
export function actWords(act: string): string {
  const [kind = "", verb = ""] = act.split(".");
  return capitalize(`${kindWords(kind)} ${verb.replaceAll("_", " ")}`);
}

export function kindWords(kind: string): string {
  return kind
    .replaceAll("_", " ")
    .replace(/^on call/, "on-call")
    .replace("sign in", "sign-in")
    .replace("slo", "SLO");
}

export const actorKindWords: Record<AuditEntryJson["actorKind"], string> = {
  person: "person",
  token: "token",
  admin: "administrator’s token",
  visitor: "reader without an account",
  service: "service",
  stranger: "not signed in",
  process: "Tidemark itself",
};

export const doorWords: Record<AuditEntryJson["door"], string> = {
  browser: "browser",
  token: "API",
  command_line: "command line",
  pagerduty: "PagerDuty",
  slack: "Slack",
  hook: "deployment hook",
  provider: "identity provider",
  link: "one-time link",
  stranger: "not signed in",
  process: "Tidemark itself",
};

export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

/** The fields that an act changed, each with what it was and what it became. */
export function fieldChanges({ before, after }: Pick<AuditEntryJson, "before" | "after">): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.map((field) => ({ field, before: valueText(before?.[field]), after: valueText(after?.[field]) }));
}

/** What is not shown as it was, said once below the fields. */
export function leftOut(changes: readonly FieldChange[]): string[] {
  const text = changes.map(({ before, after }) => `${before}\n${after}`).join("\n");
  return [
    ...(text.includes("(secret)") ? ["(secret): the log never holds secrets."] : []),
    ...(text.includes("(cut: ") ? ["(cut): longer than the log keeps; the start is shown."] : []),
  ];
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  if (value === "") return "empty";
  return typeof value === "string" ? value : JSON.stringify(value);
}
