import { clipText } from "#domain/notification.ts";

/** One side of an act: what an object's fields were, or became. */
export type AuditFacts = Readonly<Record<string, unknown>>;

type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

export interface AuditSides {
  readonly before: Readonly<Record<string, Json>> | null;
  readonly after: Readonly<Record<string, Json>> | null;
}

const maxFields = 100;
const maxCharacters = 4_000;
const maxDepth = 50;
const secretMember = /(secrets?|token|password|passphrase|api_?key|routing_?key|signing_?key|authorization|cookie)$/i;
const secretText = /\b(tm_|whsec_)[A-Za-z0-9_+/=-]{20,}/g;
const hidden = "(secret)";

/** Both sides as they are recorded: only what differs, without secrets, and cut where it is long. */
export function auditSides(before: AuditFacts | null, after: AuditFacts | null): AuditSides {
  const [was, became] = [plain(before), plain(after)];
  const isSame = (field: string) =>
    was !== null && became !== null && JSON.stringify(was[field] ?? null) === JSON.stringify(became[field] ?? null);
  return { before: record(was, isSame), after: record(became, isSame) };
}

/** As JSON has it: instants as text, and numbers too long for it too. */
function plain(facts: AuditFacts | null): Record<string, Json> | null {
  if (facts === null) return null;
  const text = JSON.stringify(facts, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  return JSON.parse(text) as Record<string, Json>;
}

function record(side: Record<string, Json> | null, isSame: (field: string) => boolean): Record<string, Json> | null {
  if (side === null) return null;
  const fields = Object.entries(side).filter(([field]) => !isSame(field));
  const kept = fields.slice(0, maxFields).map(([field, value]): [string, Json] => [field, cut(mask(field, value, 0))]);
  const left = fields.length - kept.length;
  return Object.fromEntries(left > 0 ? [...kept, ["…", `(cut: ${left} more fields)`]] : kept);
}

/** A secret is recognised by its member's name or its form: the name of the variable that holds one reveals nothing. */
function mask(member: string, value: Json, depth: number): Json {
  if (depth > maxDepth) return "(cut: nested too deeply)";
  if (typeof value === "string") return secretMember.test(member) && value !== "" ? hidden : maskText(value);
  if (Array.isArray(value)) return value.map((each) => mask(member, each, depth + 1));
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value as Record<string, Json>);
  return Object.fromEntries(members.map(([name, each]) => [name, mask(name, each, depth + 1)]));
}

function maskText(text: string): string {
  const shown = text.replace(secretText, hidden);
  if (!/^https?:/i.test(shown) || !URL.canParse(shown)) return shown;
  const url = new URL(shown);
  if (url.username === "" && url.password === "" && url.search === "") return shown;
  url.username = "";
  url.password = "";
  const keys = [...new Set(url.searchParams.keys())];
  return `${url.origin}${url.pathname}${keys.length > 0 ? `?${keys.map((key) => `${key}=${hidden}`).join("&")}` : ""}`;
}

function cut(value: Json): Json {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= maxCharacters) return value;
  return `${clipText(text, maxCharacters)} (cut: ${text.length.toLocaleString("en-US")} characters)`;
}
