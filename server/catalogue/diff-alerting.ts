import { writtenDefaults } from "#domain/alert.ts";
import { routingTreeName } from "#domain/catalogue.ts";
import { formatInstant } from "#domain/instant.ts";
import { defaultTreeSpec, formatMatcher } from "#domain/routing.ts";
import { specTag } from "#server/precondition.ts";
import {
  type AlertingKind,
  type AlertingRow,
  alertingKey,
  type ChangedAlertingRow,
  type StoredAlerting,
  type WrittenDocument,
  type WrittenSpec,
} from "./alerting-rows.ts";
import type { FieldChange, FieldValue } from "./changed-fields.ts";
import type { Change, StoredNoun } from "./diff-catalogue.ts";

export interface AlertingDiff {
  readonly changes: readonly Change[];
  readonly rows: readonly ChangedAlertingRow[];
  readonly stored: readonly StoredNoun[];
}

/** What the documents would change, in order; each document replaces its whole noun. */
export function diffAlerting(
  documents: readonly WrittenDocument[],
  stored: StoredAlerting,
  now: Date,
  keepBuiltIn: boolean,
): AlertingDiff {
  const changes: Change[] = [];
  const rows: ChangedAlertingRow[] = [];
  const found: StoredNoun[] = [];
  for (const written of documents) {
    const { kind, metadata } = written.document;
    const { name } = metadata;
    const before = stored.rows.get(alertingKey(kind, name)) ?? null;
    const builtIn = before === null ? builtInSpec(kind, name) : null;
    const known = before?.spec ?? builtIn;
    found.push({ name, tag: () => known && specTag(known) });
    const spec = specAfter(written, before, now);
    const fields = before ? changedMembers(before.spec, spec) : createdMembers(spec);
    const isSame =
      keepBuiltIn && builtIn ? changedMembers(builtIn, spec).length === 0 : before !== null && fields.length === 0;
    const action = isSame ? "unchanged" : before === null ? "create" : "update";
    changes.push({ kind, name, action, fields: isSame ? [] : fields });
    if (action !== "unchanged") rows.push({ kind, name, spec, before: before?.spec ?? null });
  }
  return { changes, rows, stored: found };
}

/** The spec that Tidemark has before anyone writes one; null: there is none. */
function builtInSpec(kind: AlertingKind, name: string): WrittenSpec | null {
  const rule = kind === "AlertRule" ? writtenDefaults.find((each) => each.name === name)?.spec : undefined;
  const spec = rule ?? (kind === "RoutingTree" && name === routingTreeName ? defaultTreeSpec : null);
  return spec as WrittenSpec | null;
}

/** The spec as written; a silence in its row's normal form, starting at its first apply if it gives no start. */
function specAfter({ document, spec }: WrittenDocument, before: AlertingRow | null, now: Date): WrittenSpec {
  if (document.kind !== "Silence") return spec;
  const { matchers, startsAt, endsAt, reason } = document.spec;
  const start = startsAt ? formatInstant(startsAt) : (before?.spec.startsAt ?? formatInstant(now));
  return {
    matchers: matchers.map(formatMatcher),
    startsAt: start,
    endsAt: formatInstant(endsAt),
    ...(spec.recurrence === undefined ? {} : { recurrence: spec.recurrence }),
    reason,
  };
}

function createdMembers(spec: WrittenSpec): FieldChange[] {
  return Object.entries(spec).map(([field, to]) => ({ field, from: null, to }));
}

/** Each path at which two values differ, at any depth: `route.routes.0.groupWait`. Key order is ignored. */
function changedMembers(from: FieldValue | undefined, to: FieldValue | undefined, field = ""): FieldChange[] {
  const a = membersOf(from);
  const b = membersOf(to);
  if (a && b && Array.isArray(from) === Array.isArray(to)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => changedMembers(a[key], b[key], field === "" ? key : `${field}.${key}`));
  }
  return from === to ? [] : [{ field, from: from ?? null, to: to ?? null }];
}

function membersOf(value: FieldValue | undefined): { readonly [key: string]: FieldValue } | null {
  return typeof value === "object" && value !== null ? (value as { readonly [key: string]: FieldValue }) : null;
}
