import { createHash } from "node:crypto";
import { writtenDefaults } from "#domain/alert.ts";
import { routingTreeName } from "#domain/catalogue.ts";
import { defaultTreeSpec } from "#domain/routing.ts";
import { ChangedMeanwhile, requireTag } from "#server/errors.ts";
import type { AlertingKind, WrittenSpec } from "./alerting-rows.ts";

/** What must hold of the stored spec for a write to be made. */
export interface Precondition {
  /** Tags of specs that the caller knows; `*`: any. */
  readonly ifMatch: readonly string[] | null;
  /** There must be none of the name. */
  readonly ifNew: boolean;
}

interface Stored {
  readonly kind: AlertingKind;
  readonly name: string;
  /** null: none is stored. */
  readonly spec: unknown;
}

/** Names the content of a spec: two with the same content have the same tag. */
export function specTag(spec: unknown): string {
  return createHash("sha256").update(JSON.stringify(spec)).digest("base64url").slice(0, 22);
}

/** Throws ChangedMeanwhile if somebody else wrote it since the caller read it. */
export function checkPrecondition({ kind, name, spec }: Stored, { ifMatch, ifNew }: Precondition): void {
  const known = spec ?? builtInSpec(kind, name);
  if (ifNew && known !== null)
    throw new ChangedMeanwhile(`"${name}" exists already. Open it to change it, or choose another name.`);
  const message = `"${name}" changed since you loaded it. Reload it, then make your change again.`;
  requireTag(ifMatch, known === null ? null : specTag(known), message);
}

/** The spec that Tidemark has without anybody writing one; null: there is none. */
export function builtInSpec(kind: AlertingKind, name: string): WrittenSpec | null {
  const rule = kind === "AlertRule" ? writtenDefaults.find((each) => each.name === name)?.spec : undefined;
  const spec = rule ?? (kind === "RoutingTree" && name === routingTreeName ? defaultTreeSpec : null);
  return spec as WrittenSpec | null;
}
