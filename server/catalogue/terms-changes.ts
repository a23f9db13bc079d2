import type { FieldValue } from "./changed-fields.ts";
import type { CatalogueDiff } from "./diff-catalogue.ts";
import type { TermsChange } from "./note-terms-change.ts";
import type { VerdictPlan } from "./plan-verdicts.ts";

/** The changes that make hours be judged again, in a few words each: needed to explain restated months. */
export function termsChanges(diff: CatalogueDiff, plan: VerdictPlan): TermsChange[] {
  const types = new Set([...plan.resized, ...plan.rejudged, ...plan.retimed]);
  const tiers = new Set(plan.retimedTiers);
  const datacenters = new Set(plan.expectations.map(({ datacenter }) => datacenter));
  const names = { EventType: types, Tier: tiers, Datacenter: datacenters };
  return diff.changes
    .filter(({ kind, name }) => names[kind]?.has(name))
    .map(({ kind, name, fields }) => ({
      kind,
      name,
      what: fields.map(({ field, from, to }) => `${field} ${say(from)} → ${say(to)}`).join(", "),
    }));
}

function say(value: FieldValue): string {
  if (value === null) return "not said";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
